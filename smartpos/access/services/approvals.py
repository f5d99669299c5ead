"""A manager's PIN says yes to one act that the person at work may not do alone (AUT-13).

The PIN must be of a manager or above who has the right in that store. Guessing is throttled under keys of its own: a cashier's
PIN is a failure here, and entering it forgives nothing. Both persons, the reason and the amounts stand in the audit log.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.utils.translation import gettext as _

from smartpos.access.events import ApprovalRefused
from smartpos.access.models import Approval
from smartpos.access.permissions import OFFICE_ROLES, allowed, permission_of
from smartpos.audit.services import record
from smartpos.context import current
from smartpos.db.locks import write_transaction
from smartpos.errors import DomainError, NotAllowed
from smartpos.outbox.services import publish
from smartpos.people.models import Device, Employee, Store
from smartpos.people.services import throttle
from smartpos.people.services.pins import FREE_TRIES_A_DAY, assert_pin, pin_hash

GOOD_FOR = timedelta(minutes=10)
AMOUNTS = 20


class NotApproved(DomainError):
    """Wrong PIN, or its owner may not approve this: the answer is the same."""

    code = "not_approved"
    status = 403


@dataclass(frozen=True, slots=True)
class Ask:
    """What is asked for: one act, named by its right and its subject, with what a manager should know; `only` of this person."""

    code: str
    subject: str
    reason: str = ""
    amounts: Mapping[str, str] | None = None
    asked_by: Employee | None = None
    only: UUID | None = None


def approve(ask: Ask, pin: str, *, store: Store, device: Device | None = None, at: datetime) -> Approval:
    """Check the PIN and keep the approval. Throttled per device (in the office per person who asks) and per address."""
    permission_of(ask.code)
    assert_pin(pin)
    keys, today = _keys(ask, device, at)
    throttle.check((*keys, *today), at=at)
    approver = _who(pin, ask, store)
    if approver is None:
        locked = [throttle.fail(keys, at=at), throttle.fail(today, at=at, free=FREE_TRIES_A_DAY)]
        _log_refusal(ask, store, locked=any(locked), at=at)
        raise NotApproved(_("This PIN cannot approve this."), field="pin")
    throttle.succeed(keys)
    return _keep(ask, approver, store, device, at)


def _keys(ask: Ask, device: Device | None, at: datetime) -> tuple[tuple[str, ...], tuple[str, ...]]:
    who = f"device:{device.pk}" if device else f"employee:{ask.asked_by.pk if ask.asked_by else 0}"
    return (f"approve:{who}", f"approve:address:{current().address}"), (f"approve:{who}:{at:%Y-%m-%d}",)


def _who(pin: str, ask: Ask, store: Store) -> Employee | None:
    found: Employee | None = Employee.objects.filter(pin_hash=pin_hash(store.business_id, pin), active=True).first()
    if found is None or found.role not in OFFICE_ROLES or not allowed(found, ask.code, store.pk):
        return None
    return found if ask.only in (None, found.uuid) else None


def _keep(ask: Ask, approver: Employee, store: Store, device: Device | None, at: datetime) -> Approval:
    with write_transaction():
        approval: Approval = Approval.objects.create(
            business_id=store.business_id, code=ask.code, subject=ask.subject, store=store, device=device,
            asked_by=ask.asked_by, given_by=approver, reason=ask.reason[:200], given_at=at,
        )  # fmt: skip
        record("approval.given", subject=ask.subject, data={**_told(ask), "by": approver.name}, at=at)
    return approval


def _told(ask: Ask) -> dict[str, object]:
    amounts = dict(list((ask.amounts or {}).items())[:AMOUNTS])
    return {
        "code": ask.code, "asked_by": ask.asked_by.name if ask.asked_by else "", "reason": ask.reason[:200], "amounts": amounts,
    }  # fmt: skip


def _log_refusal(ask: Ask, store: Store, *, locked: bool, at: datetime) -> None:
    with write_transaction():
        record("approval.refused", subject=ask.subject, data={**_told(ask), "locked": locked}, at=at)
        publish(
            ApprovalRefused(
                business_id=store.business_id, store_id=store.pk, shard=f"{store.business_id}:approvals", code=ask.code,
                employee=str(ask.asked_by.uuid) if ask.asked_by else "",
            )
        )  # fmt: skip


def use(approval: Approval, *, code: str, subject: str, at: datetime) -> None:
    """Spend an approval on the act it was given for. Inside the act's transaction; a second time, another act or too late is no."""
    fits = (approval.code, approval.subject) == (code, subject) and at - approval.given_at <= GOOD_FOR
    if not fits or not Approval.objects.filter(pk=approval.pk, used_at__isnull=True).update(used_at=at):
        raise NotAllowed(_("This needs a new approval."))
    record("approval.used", subject=subject, data={"code": code, "by": approval.given_by.name}, at=at)
