"""Saying something of an operation that could not be booked."""

from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _

from backoffice.models import OperationNote
from smartpos.audit.services import record
from smartpos.db.locks import write_transaction
from smartpos.errors import DomainError
from smartpos.operations.models import Operation
from smartpos.people.models import Employee

LONGEST = 500


def note_operation(operation: Operation, *, uuid: UUID, note: str, done: bool, by: Employee, at: datetime) -> None:
    """Add a note; the same id again adds nothing."""
    note = " ".join(note.split())
    if not note or len(note) > LONGEST:
        raise DomainError(_("Write what was done, in at most 500 letters."), field="note")
    with write_transaction():
        if OperationNote.everywhere.filter(uuid=uuid).exists():
            return
        OperationNote(
            business_id=operation.business_id, uuid=uuid, operation=operation, employee=by, note=note, done=done, at=at
        ).save(force_insert=True)
        record("operation.noted", subject=f"operation:{operation.uuid}", data={"note": note, "done": done}, at=at)
