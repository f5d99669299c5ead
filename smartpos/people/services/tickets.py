"""The PIN at the Backoffice (C-02): an enrolled device vouches for its browser with a ticket, good once and for a minute.

The device's token never leaves the till's paths; the sign-in page shows the ticket and gets a session that hangs on the device.
"""

from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from smartpos.audit.services import record
from smartpos.context import acting
from smartpos.db.locks import write_transaction
from smartpos.errors import DomainError, NotAllowed
from smartpos.people.crypto import keyed, new_token
from smartpos.people.models import Device, Employee, OfficeTicket
from smartpos.people.services.pins import identify
from smartpos.people.services.staff_rules import OFFICE

LIFE = timedelta(minutes=1)


def make_ticket(device: Device, pin: str, *, address: str, at: datetime) -> str:
    """The ticket of a person with an office role; the lock-out is the till's own."""
    employee = identify(device, pin, address=address, at=at)
    with acting(actor_id=employee.pk), write_transaction():
        if employee.role not in OFFICE:
            record("office.refused", subject=f"employee:{employee.uuid}", data={"device": str(device.uuid)}, at=at)
        else:
            token = new_token()
            OfficeTicket.objects.create(
                business_id=device.business_id, employee=employee, device=device, token_hash=_hash(token), expires_at=at + LIFE
            )
            return token
    raise NotAllowed(_("Your role does not open the Backoffice. Ask a manager or the owner."))


def redeem(token: str, *, address: str, at: datetime) -> OfficeTicket:
    """Take the ticket; a second time it is nothing."""
    ticket = (
        OfficeTicket.everywhere.filter(token_hash=_hash(token), used_at__isnull=True, expires_at__gt=at)
        .select_related("employee", "device", "business")
        .first()
    )
    refused = DomainError(_("This took too long. Enter your PIN again."), code="ticket_dead", field="pin")
    if ticket is None or not ticket.employee.active or ticket.device.revoked_at is not None:
        raise refused
    with acting(business_id=ticket.business_id, actor_id=ticket.employee_id, address=address), write_transaction():
        if not OfficeTicket.objects.filter(pk=ticket.pk, used_at__isnull=True).update(used_at=at):
            raise refused
        Employee.objects.filter(pk=ticket.employee_id).update(last_sign_in_at=at)
        data = {"by": "pin", "device": str(ticket.device.uuid)}
        record("session.started", subject=f"employee:{ticket.employee.uuid}", data=data, at=at)
    return ticket


def _hash(token: str) -> bytes:
    return keyed("office-ticket", token[:100])
