"""What of the tills' events people are told, as drafts of notifications: read from the books, in a constant number of statements."""

from collections.abc import Iterator, Sequence
from functools import partial
from typing import Any
from uuid import UUID

from pos.models import CashMovement, Receipt, RefundRequest, Shift
from smartpos.access.settings import value
from smartpos.notifications.kinds import Draft, Severity
from smartpos.outbox.subscriptions import Placed
from smartpos.people.models import Employee

OPENED, CLOSED, AUTO, VOID, REFUND = "shift_opened", "shift_closed", "shift_auto_closed", "receipt_void", "receipt_refund"
DISCOUNT, REFUSED, CASH, ASKED = "discount_above_limit", "approval_refused", "cash_moved", "refund_asked"
EVENTS = (
    "shift.opened",
    "shift.closed",
    "receipt.booked",
    "cash.moved",
    "entrusted.booked",
    "refund.asked",
    "approval.refused",
)
# A notification names so many articles.
ITEMS = 3


def drafts_of(events: Sequence[Placed]) -> list[Draft]:
    """The drafts of events of one business, in their order."""
    by_name: dict[str, list[Placed]] = {}
    for event in events:
        by_name.setdefault(event.name, []).append(event)
    found = [draft for name, make in _MAKERS for draft in (make(by_name[name]) if name in by_name else ())]
    order = {event.position: place for place, event in enumerate(events)}
    return [draft for _place, draft in sorted(found, key=lambda pair: order[pair[0]])]


Placing = Iterator[tuple[int, Draft]]


def _ids(events: Sequence[Placed], name: str) -> list[UUID]:
    return [UUID(event.payload[name]) for event in events if event.payload[name]]


def _shifts(events: Sequence[Placed]) -> dict[str, Any]:
    rows = Shift.objects.filter(uuid__in=_ids(events, "shift")).select_related("store", "terminal", "opened_by", "closed_by")
    return {str(row.uuid): row for row in rows}


def _opened(events: Sequence[Placed]) -> Placing:
    found = _shifts(events)
    for event in events:
        shift = found.get(event.payload["shift"])
        if shift is not None:
            params = {
                "employee": shift.opened_by.name, "terminal": shift.terminal.name, "opening": str(shift.opening_float),
                "currency": shift.store.currency, "late": shift.late_minutes,
            }  # fmt: skip
            yield event.position, _of_shift(OPENED, shift, params, shift.opened_at)


def _closed(events: Sequence[Placed]) -> Placing:
    found = _shifts(events)
    for event in events:
        shift = found.get(event.payload["shift"])
        if shift is None or shift.closed_at is None:
            continue
        difference = shift.counted - shift.expected
        params = {
            "employee": (shift.closed_by or shift.opened_by).name, "terminal": shift.terminal.name,
            "opening": str(shift.opening_float), "expected": str(shift.expected), "counted": str(shift.counted),
            "difference": str(difference), "currency": shift.store.currency, "reason": shift.difference_reason,
        }  # fmt: skip
        wrong = not shift.not_counted and abs(difference) > value("shift.tolerance", store=shift.store)
        kind = AUTO if shift.not_counted else CLOSED
        yield event.position, _of_shift(kind, shift, params, shift.closed_at, Severity.WARNING if wrong else None)


def _of_shift(kind: str, shift: Shift, params: dict[str, Any], at: Any, severity: Severity | None = None) -> Draft:
    return Draft(
        kind=kind, key=f"{kind}:{shift.uuid}", store_id=shift.store_id, at=at, params=params, subject=f"shift:{shift.uuid}",
        severity=severity,
    )  # fmt: skip


def _receipts(events: Sequence[Placed]) -> Placing:
    told = [event for event in events if event.payload["kind"] in ("void", "refund") or event.payload.get("excess")]
    if not told:
        return
    rows = Receipt.objects.filter(uuid__in=_ids(told, "receipt"))
    rows = rows.select_related("employee", "terminal", "original").prefetch_related("lines")
    found = {str(row.uuid): row for row in rows}
    for event in told:
        receipt, excess = found.get(event.payload["receipt"]), event.payload.get("excess", "")
        if receipt is None:
            continue
        if receipt.kind in ("void", "refund"):
            yield event.position, _of_receipt(VOID if receipt.kind == "void" else REFUND, receipt, {})
        if excess:
            loud = Severity.CRITICAL if excess == "taken" else None
            params = {"discount": str(abs(receipt.discount)), "excess": excess}
            yield event.position, _of_receipt(DISCOUNT, receipt, params, loud)


def _of_receipt(kind: str, receipt: Receipt, more: dict[str, Any], severity: Severity | None = None) -> Draft:
    lines = list(receipt.lines.all())
    items = [[line.name, str(abs(line.quantity))] for line in lines[:ITEMS]]
    params = {
        "number": receipt.label, "original": receipt.original.label if receipt.original else "",
        "employee": receipt.employee.name if receipt.employee else "", "terminal": receipt.terminal.name,
        "total": str(abs(receipt.total)), "currency": receipt.currency, "reason": receipt.reason,
        "items": items, "more": max(0, len(lines) - ITEMS), **more,
    }  # fmt: skip
    return Draft(
        kind=kind, key=f"{kind}:{receipt.uuid}", store_id=receipt.store_id, at=receipt.occurred_at, params=params,
        subject=f"receipt:{receipt.uuid}", severity=severity,
    )  # fmt: skip


def _cash(events: Sequence[Placed], name: str = "movement") -> Placing:
    """`name` is where an event says which movement; what moved no coins has none and is not told."""
    rows = CashMovement.objects.filter(uuid__in=_ids(events, name))
    found = {str(row.uuid): row for row in rows.select_related("employee", "receiver", "terminal", "shift")}
    for event in events:
        move = found.get(event.payload[name])
        if move is None:
            continue
        params = {
            "kind": move.kind, "employee": move.employee.name if move.employee else "", "terminal": move.terminal.name,
            "receiver": move.receiver.name if move.receiver else "",
            "amount": str(move.amount), "currency": move.currency, "category": move.category, "reason": move.reason,
        }  # fmt: skip
        yield event.position, Draft(
            kind=CASH, key=f"{CASH}:{move.uuid}", store_id=move.store_id, at=move.occurred_at, params=params,
            subject=f"shift:{move.shift.uuid}",
        )  # fmt: skip


def _asked(events: Sequence[Placed]) -> Placing:
    rows = RefundRequest.objects.filter(uuid__in=_ids(events, "request")).select_related("original", "asked_by")
    found = {str(row.uuid): row for row in rows}
    for event in events:
        asked = found.get(event.payload["request"])
        if asked is not None:
            params = {
                "number": asked.original.label, "employee": asked.asked_by.name, "total": str(abs(asked.total)),
                "currency": asked.currency, "reason": asked.reason,
            }  # fmt: skip
            yield event.position, Draft(
                kind=ASKED, key=f"{ASKED}:{asked.uuid}", store_id=asked.store_id, at=asked.asked_at, params=params,
                subject=f"refund:{asked.uuid}",
            )  # fmt: skip


def _refused(events: Sequence[Placed]) -> Placing:
    names = dict(Employee.objects.filter(uuid__in=_ids(events, "employee")).values_list("uuid", "name"))
    for event in events:
        who, code = event.payload["employee"], event.payload["code"]
        params = {"employee": names.get(UUID(who), "") if who else "", "code": code}
        yield event.position, Draft(
            kind=REFUSED, key=f"{REFUSED}:{event.position}", store_id=event.store_id, at=event.at, params=params,
            group=f"{REFUSED}:{event.store_id}:{who}:{code}",
        )  # fmt: skip


_MAKERS = (
    ("shift.opened", _opened), ("shift.closed", _closed), ("receipt.booked", _receipts), ("cash.moved", _cash),
    ("entrusted.booked", partial(_cash, name="entry")),
    ("refund.asked", _asked), ("approval.refused", _refused),
)  # fmt: skip
