"""Telling, and reading."""

import json
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from django.db.models import Max

from smartpos.context import current
from smartpos.db.locks import serialise, write_transaction
from smartpos.notifications.events import NotificationMade
from smartpos.notifications.kinds import Draft, Severity, kind_of
from smartpos.notifications.models import Notification, ReadMark, ReadNote
from smartpos.notifications.services.mails import ask_for_mails
from smartpos.outbox.services import publish
from smartpos.people.models import Employee

# What is told a week after it happened is no news: a rebuilt history, a till from the cellar.
STALE = timedelta(days=7)
KEPT = timedelta(days=90)


def notify(drafts: Iterable[Draft], *, at: datetime) -> list[Notification]:
    """Tell, inside the act of the business; answers what is new or counts on. The same key again tells nothing.

    Statements: three, whatever the number of drafts, and one for each store that hears of it.
    """
    fresh = [draft for draft in drafts if draft.at > at - STALE]
    if not fresh:
        return []
    business_id = current().business_id or 0
    with write_transaction():
        serialise(f"notifications:{business_id}")
        told = _place(fresh, business_id, at)
        _publish(told, business_id)
        ask_for_mails(told, at=at)
    return told


def _place(drafts: Sequence[Draft], business_id: int, at: datetime) -> list[Notification]:
    known = set(Notification.objects.filter(key__in=[draft.key for draft in drafts]).values_list("key", flat=True))
    names = [draft.group for draft in drafts if draft.group]
    rows = Notification.objects.filter(group__in=names).order_by("seq") if names else ()
    groups = {row.group: row for row in rows}
    last = Notification.objects.aggregate(last=Max("seq"))["last"] or 0
    made, again = dict[str, Notification](), dict[int, Notification]()
    for place, draft in enumerate(drafts, last + 1):
        if draft.key in known:
            continue
        known.add(draft.key)
        kind, held = kind_of(draft.kind), groups.get(draft.group) if draft.group else None
        if held is not None and draft.at - held.at < kind.window:
            held.count, held.seq, held.at, held.made_at = held.count + 1, place, max(held.at, draft.at), at
            held.params, held.shown = json.dumps(draft.params, ensure_ascii=False), held.count >= kind.repeated
            if held.pk:
                again[held.pk] = held
            continue
        row = Notification(
            business_id=business_id, store_id=draft.store_id, kind=draft.kind, severity=draft.severity or kind.severity,
            key=draft.key, group=draft.group, seq=place, params=json.dumps(draft.params, ensure_ascii=False),
            subject=draft.subject, at=draft.at, made_at=at, shown=kind.repeated <= 1,
        )  # fmt: skip
        made[draft.key] = row
        if draft.group:
            groups[draft.group] = row
    Notification.objects.bulk_create(made.values())
    if again:
        Notification.objects.bulk_update(again.values(), ["count", "seq", "at", "made_at", "params", "shown"])
    return [row for row in (*made.values(), *again.values()) if row.shown]


def _publish(told: Iterable[Notification], business_id: int) -> None:
    """Once for each store, with the loudest of it: what is told in a burst is looked at once."""
    loud = [severity.value for severity in Severity]
    stores: dict[int | None, str] = {}
    for row in told:
        stores[row.store_id] = max(stores.get(row.store_id, Severity.INFO), row.severity, key=loud.index)
    for store_id, severity in stores.items():
        publish(
            NotificationMade(
                business_id=business_id, store_id=store_id, shard=f"{business_id}:notifications", severity=severity
            )
        )


def read_one(row: Notification, *, by: Employee) -> None:
    """Somebody has seen this one. Twice does no harm."""
    ReadNote.objects.update_or_create(employee=by, notification=row, defaults={"business_id": by.business_id, "seq": row.seq})


def read_all(*, by: Employee, up_to: int) -> None:
    """Somebody has seen everything up to this place; a mark never goes back."""
    newest = Notification.objects.aggregate(last=Max("seq"))["last"] or 0
    place = min(up_to, newest)
    with write_transaction():
        ReadMark.objects.get_or_create(employee=by, defaults={"business_id": by.business_id, "up_to": 0})
        if ReadMark.objects.filter(employee=by, up_to__lt=place).update(up_to=place):
            ReadNote.objects.filter(employee=by, seq__lte=place).delete()


def forget_old(at: datetime) -> str:
    """Drop what was told long ago; the books keep what happened."""
    count, _tables = Notification.everywhere.filter(made_at__lt=at - KEPT).delete()
    return f"{count} notifications"
