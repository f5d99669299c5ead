"""Reading the audit log: who may see which entries, and entries in words."""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

from smartpos.access.settings import UnknownSetting, setting_of
from smartpos.audit.actions import field_of, label_of, title_of, value_of
from smartpos.audit.models import Entry
from smartpos.people.models import Device, Employee, Store

FLAT = (str, int, bool)
LONGEST = 200
# Lists that stay lists when they have two parts; any other pair is what was and what is.
LISTS = frozenset({"answers", "products", "rates"})
YES_NO = {"True": "✓", "False": "✗"}
# Amounts that somebody wrote with fewer decimals than amounts have; the page writes them its own way, a file with a point.
SHORT = re.compile(r"-?\d+(\.\d)?")
AMOUNTS = frozenset({"price", "cost", "total", "opening_float", "counted", "expected", "difference"})


def sees_everything(employee: Employee, stores: list[Store]) -> bool:
    """Whether a person works in every store: then also acts that belong to none are theirs to read."""
    return employee.everywhere_in_business or not Store.objects.exclude(pk__in=[store.pk for store in stores]).exists()


def entries(employee: Employee, *, own: list[Store], chosen: Store | None = None) -> QuerySet[Entry]:
    """What this person may read, of all their stores or of the chosen one, with the names that a row shows; one statement.

    Acts that belong to no store (people, products, settings of the organisation) are for those who work in all of them, and for
    whoever did them.
    """
    rows = Entry.objects.filter(business_id=employee.business_id)
    if chosen is not None:
        rows = rows.filter(store_id=chosen.pk)
    elif not sees_everything(employee, own):
        pks = [store.pk for store in own]
        rows = rows.filter(Q(store_id__in=pks) | Q(store_id__isnull=True, actor_id=employee.pk))
    zone = own[0].time_zone if own else "UTC"
    return rows.annotate(
        actor=_name(Employee, "actor_id", "name"), device=_name(Device, "device_id", "name"),
        store=_name(Store, "store_id", "name"), zone=Coalesce(_name(Store, "store_id", "time_zone"), Value(zone)),
    )  # fmt: skip


def _name(model: type[Any], key: str, column: str) -> Subquery:
    return Subquery(model.objects.filter(pk=OuterRef(key)).values(column)[:1])


@dataclass(frozen=True, slots=True)
class Fact:
    """One thing that an entry says: what it is called, what it was (None where it was nothing before) and what it is."""

    label: str
    old: str | None
    new: str


def sentence(entry: Entry) -> str:
    """An entry in one line."""
    title = title_of(json.loads(entry.data))
    return f"{label_of(entry.action)}: {title}" if title else label_of(entry.action)


def facts(entry: Entry) -> list[Fact]:
    """Everything else that an entry says, old values beside new ones."""
    data = json.loads(entry.data)
    title = title_of(data)
    return [fact for fact in _facts(data) if fact.new != title or fact.old is not None]


def _facts(data: Mapping[str, Any]) -> Iterator[Fact]:
    for name, value in data.items():
        if isinstance(value, Mapping):
            yield from _facts(value)
        elif isinstance(value, list) and name not in LISTS and _is_pair(value):
            yield Fact(_label(name), _plain(name, value[0]), _plain(name, value[1]))
        elif isinstance(value, list):
            yield Fact(_label(name), None, ", ".join(_plain(name, part) for part in value)[:LONGEST])
        elif isinstance(value, str) and " → " in value:
            old, _arrow, new = value.partition(" → ")
            yield Fact(_label(name), _plain(name, old), _plain(name, new))
        elif value not in (None, "", False):
            yield Fact(_label(name), None, _plain(name, value))


def _is_pair(value: list[Any]) -> bool:
    return len(value) == 2 and all(part is None or isinstance(part, FLAT) for part in value)


def _label(name: str) -> str:
    try:
        return str(setting_of(name).label)
    except UnknownSetting:
        return field_of(name)


def _plain(name: str, value: Any) -> str:
    text = "" if value is None else str(value)
    if text in YES_NO:
        return YES_NO[text]
    if name in AMOUNTS and SHORT.fullmatch(text):
        return f"{Decimal(text):.2f}"
    return value_of(name, text)[:LONGEST]
