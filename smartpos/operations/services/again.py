"""Judging a parked operation once more (OFF-09): what it waited for may be there now, or a defect may be mended."""

import logging
from datetime import datetime

from django.db import InterfaceError, OperationalError
from django.utils.translation import gettext as _

from smartpos.audit.services import record
from smartpos.context import acting
from smartpos.db.locks import write_transaction
from smartpos.errors import DomainError
from smartpos.operations import envelope
from smartpos.operations.envelope import Mark
from smartpos.operations.kinds import Case, Verdict, kind_of
from smartpos.operations.models import DeviceJournal, Operation, ParkedBody, Retrial
from smartpos.operations.services import journal
from smartpos.operations.services.accept import BOOKED, case_of, judged, occurred_at, write_book
from smartpos.people.models import Device, Employee

logger = logging.getLogger(__name__)
REVIEW = "review"


class _StillParkedError(Exception):
    """Nothing of this look is kept but its reason."""

    def __init__(self, mark: Mark) -> None:
        self.mark = mark


def sent_body(operation: Operation) -> str:
    """What the till sent: of a private operation what was kept beside the journal, where anything was."""
    aside = ParkedBody.objects.filter(operation=operation).first()
    return aside.body if aside else operation.body


def can_try(operation: Operation) -> bool:
    """Whether everything of it was kept, so that it can be judged again."""
    kind = kind_of(operation.kind)
    return operation.state == REVIEW and kind is not None and (kind.parks or not kind.private)


def try_again(operation: Operation, *, by: Employee, at: datetime) -> Mark | None:
    """Book it as of when it happened; answers None then, else why it still cannot be. Booking it twice changes nothing."""
    if not can_try(operation):
        raise DomainError(_("This cannot be tried again: the server did not keep what was in it."))
    try:
        with write_transaction():
            _book(operation, by=by, at=at)
    except _StillParkedError as still:
        with write_transaction():
            _log(operation, {"state": REVIEW, "reason": still.mark.code}, at)
        return still.mark
    return None


def _book(operation: Operation, *, by: Employee, at: datetime) -> None:
    device = Device.objects.select_related("store", "terminal").get(pk=operation.device_id)
    row = journal.lock(device)
    if Retrial.objects.filter(operation=operation).exists():
        return
    case, verdict = _judged(operation, device, row)
    if verdict.state not in BOOKED:
        raise _StillParkedError(verdict.marks[0])
    Retrial(
        business_id=operation.business_id, operation=operation, employee=by, state=verdict.state,
        marks=envelope.encode(verdict.marks).decode(), at=at,
    ).save(force_insert=True)  # fmt: skip
    with acting(store_id=device.store_id, device_id=device.pk, actor_id=case.actor_id):
        write_book(case, row, verdict)
        heads = {"last_number": row.last_number, "chain_length": row.chain_length, "chain_hash": row.chain_hash}
        DeviceJournal.objects.filter(pk=row.pk).update(**heads)
        verdict.write_last()
    # What had to be kept beside the journal stands in its document now.
    ParkedBody.objects.filter(operation=operation).delete()
    _log(operation, {"state": verdict.state}, at)


def _judged(operation: Operation, device: Device, row: journal.JournalRow) -> tuple[Case, Verdict]:
    """As when it came. That its device was revoked meanwhile is for whoever asks to know: it stands on the page."""
    try:
        sent = envelope.decode_operation(sent_body(operation).encode())
    except ValueError as error:
        raise _StillParkedError(Mark(code="unreadable", detail=str(error)[:200])) from error
    came = operation.received_at
    occurred, clock_mark = occurred_at(sent, row, enrolled=device.enrolled_at, at=came)
    case = case_of(device, sent, row, occurred=occurred, at=came)
    try:
        with acting(store_id=device.store_id, device_id=device.pk, actor_id=case.actor_id):
            return case, judged(case, clock_mark, revoked=False)
    except (InterfaceError, OperationalError):
        raise
    except Exception as error:
        logger.exception("operation %s (%s) still cannot be judged", sent.id, sent.kind)
        raise _StillParkedError(Mark(code="defect", detail=f"{type(error).__name__}: {error}"[:200])) from error


def _log(operation: Operation, data: dict[str, str], at: datetime) -> None:
    record("operation.retried", subject=f"operation:{operation.uuid}", data=data, at=at)
