"""`session.open` and `session.close`: who stood at a till and when, also with no network (AUT-14). They book nothing."""

from typing import Any

from django.db.models import Q

from pos.events import SessionClosed, SessionOpened
from pos.offline.bodies import SessionClose, SessionOpen
from smartpos.operations.kinds import Case, Verdict
from smartpos.people.models import Employee


def judge_session_open(case: Case, body: SessionOpen) -> Verdict:
    """Somebody entered a PIN or held a card out."""
    if case.actor_id is None:
        return Verdict.review("actor_unknown")
    event = SessionOpened(**_place(case), employee=str(case.operation.actor), method=body.method)

    def write() -> None:
        later = Q(last_sign_in_at__isnull=True) | Q(last_sign_in_at__lt=case.occurred_at)
        Employee.objects.filter(later, pk=case.actor_id).update(last_sign_in_at=case.occurred_at)

    data = {"method": body.method, "offline": body.offline}
    return Verdict(action="session.opened", subject=_subject(case), data=data, event=event, write=write)


def judge_session_close(case: Case, body: SessionClose) -> Verdict:
    """They locked it, or it locked itself; the shift goes on."""
    if case.actor_id is None:
        return Verdict.review("actor_unknown")
    event = SessionClosed(**_place(case), employee=str(case.operation.actor), reason=body.reason)
    return Verdict(action="session.closed", subject=_subject(case), data={"reason": body.reason}, event=event)


def _subject(case: Case) -> str:
    return f"employee:{case.operation.actor}"


def _place(case: Case) -> dict[str, Any]:
    device = case.device
    shard = f"{device.business_id}:device:{device.pk}"
    return {"business_id": device.business_id, "store_id": device.store_id, "shard": shard}
