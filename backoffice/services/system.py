"""What people do to the machinery: every act leaves its entry in the audit log."""

from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from smartpos.audit.services import record
from smartpos.db.locks import write_transaction
from smartpos.errors import Conflict, DomainError
from smartpos.mail.models import Mail
from smartpos.mail.rendering import samples
from smartpos.mail.services import send_mail
from smartpos.mail.types import MailType
from smartpos.outbox import wake
from smartpos.outbox.models import OPEN, Delivery, DeliveryState
from smartpos.people.models import Employee
from smartpos.scheduling.jobs import job_of
from smartpos.scheduling.models import Schedule
from smartpos.scheduling.services import keep_rows, run_now


def retry_delivery(delivery: Delivery, *, by: Employee, at: datetime) -> Delivery:
    """Try it again from the beginning: what was given up, or what waits for its next try."""
    with write_transaction():
        row = _locked(delivery)
        if row.state not in (*OPEN, DeliveryState.DEAD):
            raise Conflict(_("This is over already."))
        if row.lease_until is not None and row.lease_until > at:
            raise Conflict(_("This is being delivered right now."))
        # A given up one whose end nobody saw is asked for first, where there is somebody to ask.
        state = DeliveryState.UNKNOWN if row.state == DeliveryState.DEAD else row.state
        row.state, row.attempts, row.due_at, row.finished_at = state, 0, at, None
        row.save(update_fields=["state", "attempts", "due_at", "finished_at"])
        record("delivery.retried", subject=f"delivery:{row.uuid}", data={"kind": row.kind, "error": row.last_error}, at=at)
        wake.after_commit(wake.DELIVER)
    return row


def discard_delivery(delivery: Delivery, *, by: Employee, reason: str, at: datetime) -> Delivery:
    """Let it be, with a reason."""
    reason = " ".join(reason.split())[:200]
    if not reason:
        raise DomainError(_("Say why, so that others understand it later."), field="reason")
    with write_transaction():
        row = _locked(delivery)
        if row.state not in (*OPEN, DeliveryState.DEAD):
            raise Conflict(_("This is over already."))
        if row.lease_until is not None and row.lease_until > at:
            raise Conflict(_("This is being delivered right now."))
        row.state, row.note, row.finished_at = DeliveryState.DISCARDED, reason, at
        row.save(update_fields=["state", "note", "finished_at"])
        data = {"kind": row.kind, "reason": reason, "error": row.last_error}
        record("delivery.discarded", subject=f"delivery:{row.uuid}", data=data, at=at)
    return row


def _locked(delivery: Delivery) -> Delivery:
    return Delivery.objects.select_for_update().get(pk=delivery.pk)


def start_job(schedule: Schedule, *, by: Employee, at: datetime) -> None:
    """Run a job out of turn."""
    with write_transaction():
        run_now(schedule, at=at)
        record("job.started", subject=f"job:{schedule.key}", data={"name": str(job_of(schedule.code).label)}, at=at)


def verify_now(*, by: Employee, at: datetime) -> None:
    """Have the business's chains read again; within a minute of the last time nothing new is begun."""
    key = f"audit.verify:{by.business_id}"
    keep_rows(at=at)
    with write_transaction():
        schedule = Schedule.objects.select_for_update().get(key=key)
        if not schedule.runs.filter(planned_at__gt=at - timedelta(minutes=1)).exists():
            run_now(schedule, at=at)
            record("audit.verification_asked", subject=f"business:{by.business_id}", data={}, at=at)


def send_test_mail(*, by: Employee, to: str, language: str, at: datetime) -> Mail:
    """A mail that shows whether mail arrives."""
    with write_transaction():
        mail = send_mail(type="test", to=to, context={"name": by.name}, language=language)
        record("mail.test_sent", subject=f"mail:{mail.uuid}", data={"to": mail.to}, at=at)
    return mail


def send_sample_mail(kind: MailType, *, by: Employee, to: str, language: str, at: datetime) -> Mail:
    """A mail of a type with sample values, to whoever writes its text."""
    values = {name: sample for name, sample in samples(kind).items() if name != "business_name"}
    with write_transaction():
        mail = send_mail(type=kind.code, to=to, context=values, language=language)
        record("mail.test_sent", subject=f"mail:{mail.uuid}", data={"to": mail.to, "kind": kind.code}, at=at)
    return mail
