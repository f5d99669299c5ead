"""Shifts that nobody closed close themselves, one minute before the store's business day ends (SHF-18, C-35)."""

from datetime import datetime, timedelta
from typing import Any

from django.db.models import QuerySet

from pos.events import ShiftClosed
from pos.models import Closed, Shift
from pos.services.shift_mails import mail_closed
from pos.services.shifts import Count, close_shift
from smartpos.audit.services import record
from smartpos.clock import day_start
from smartpos.db.locks import write_transaction
from smartpos.outbox.services import publish

BEFORE = timedelta(minutes=1)


def closing_moment(shift: Shift) -> datetime:
    """23:59 of the store's clock; where the day is cut off later, a minute before that hour. Also in nights when clocks change."""
    store = shift.store
    return day_start(shift.business_date + timedelta(days=1), store.zone, store.cutoff_minutes) - BEFORE


def close_overdue(at: datetime) -> str:
    """Close every shift of the business whose time has come. Twice does no harm: a closed one is passed over."""
    overdue = [shift for shift in open_shifts().order_by("pk") if closing_moment(shift) <= at]
    closed = 0
    for shift in overdue:
        with write_transaction():
            held = open_shifts().select_for_update(of=("self",)).filter(pk=shift.pk).first()
            if held is not None:
                close_by_itself(held)
                closed += 1
    return f"{closed} shifts"


def close_by_itself(shift: Shift) -> None:
    """Nobody counted: the count is what was expected. The caller holds the row."""
    moment = max(closing_moment(shift), shift.opened_at)
    close_shift(shift, Count(employee_id=None, counted=None, at=moment, how=Closed.AUTO))
    data = {"expected": str(shift.expected), "currency": shift.store.currency}
    record("shift.auto_closed", subject=f"shift:{shift.uuid}", data=data, at=moment)
    shard = f"{shift.business_id}:terminal:{shift.terminal_id}"
    publish(ShiftClosed(business_id=shift.business_id, store_id=shift.store_id, shard=shard, shift=str(shift.uuid)))
    mail_closed(shift)


def open_shifts() -> "QuerySet[Any]":
    """Every open shift, with what closing it needs."""
    return Shift.objects.filter(closed_at__isnull=True).select_related("store", "business", "terminal", "opened_by")
