"""How devices stand: who lives, what waits on them, what went wrong."""

import json
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from enum import StrEnum

from django.db.models import F, OuterRef, Q, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce

from smartpos.audit.models import Entry
from smartpos.operations.models import DeviceStatus, SequenceGap
from smartpos.operations.services.heartbeat import OFFLINE_AFTER
from smartpos.people.models import Device, Store

# Names as browsers call themselves; the first that is found says which it is.
BROWSERS = (
    ("Edg/", "Edge"), ("OPR/", "Opera"), ("SamsungBrowser", "Samsung"), ("Firefox/", "Firefox"), ("Chrome/", "Chrome"),
    ("Safari/", "Safari"),
)  # fmt: skip
SYSTEMS = (
    ("Android", "Android"), ("iPhone", "iPhone"), ("iPad", "iPad"), ("Windows", "Windows"), ("Mac OS", "macOS"),
    ("CrOS", "ChromeOS"), ("Linux", "Linux"),
)  # fmt: skip


class Standing(StrEnum):
    """How a device is seen from here."""

    ONLINE = "online"
    OFFLINE = "offline"
    SILENT = "silent"
    REVOKED = "revoked"


def devices() -> QuerySet[Device]:
    """Every device with what its row shows; living ones and those heard of lately first."""
    missing = SequenceGap.objects.filter(device=OuterRef("pk")).values("device")
    lost = missing.annotate(count=Sum(F("last") - F("first") + 1)).values("count")
    heard = DeviceStatus.objects.filter(device=OuterRef("pk")).values("at")
    found: QuerySet[Device] = Device.objects.select_related("terminal", "store", "status", "journal").annotate(
        gaps=Coalesce(Subquery(lost), 0), heard_at=Subquery(heard)
    )  # fmt: skip
    return found


def standing(device: Device, at: datetime) -> Standing:
    """Whether it lives."""
    if device.revoked_at is not None:
        return Standing.REVOKED
    status = getattr(device, "status", None)
    if status is None:
        return Standing.SILENT
    return Standing.ONLINE if at - status.at <= OFFLINE_AFTER else Standing.OFFLINE


def of_standing(rows: QuerySet[Device], value: str, at: datetime) -> QuerySet[Device]:
    """Devices that stand so."""
    living, since = Q(revoked_at__isnull=True), at - OFFLINE_AFTER
    return rows.filter(
        {
            Standing.ONLINE: living & Q(status__at__gte=since),
            Standing.OFFLINE: living & Q(status__at__lt=since),
            Standing.SILENT: living & Q(status__isnull=True),
            Standing.REVOKED: ~living,
        }[Standing(value)]
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Discard:
    """What was thrown away at a till before it was sent, as its entry in the log tells it."""

    entry: int
    at: datetime
    count: int
    total: Decimal
    numbers: str


def discards(device: Device, most: int) -> list[Discard]:
    """The newest first."""
    chain = Entry.objects.filter(business_id=device.business_id, chain=f"device:{device.pk}", action="queue.discarded")
    rows = chain.order_by("-position").values_list("pk", "at", "data")[:most]
    read = [(pk, at, json.loads(data)) for pk, at, data in rows]
    return [Discard(pk, at, said["count"], Decimal(said["total"]), said["numbers"]) for pk, at, said in read]


@dataclass(frozen=True, slots=True)
class Counts:
    """How many devices of the stores stand how, and how many operations wait on them."""

    online: int
    offline: int
    waiting: int


def counts(stores: list[Store], at: datetime) -> Counts:
    """One statement."""
    found = Device.objects.filter(store__in=stores, revoked_at__isnull=True).values_list("status__at", "status__waiting")
    rows = list(found)
    online = sum(heard is not None and at - heard <= OFFLINE_AFTER for heard, _waiting in rows)
    return Counts(online, len(rows) - online, sum(waiting or 0 for _heard, waiting in rows))


def browser_of(agent: str) -> str:
    """A browser as people call it; the beginning of what it says where nobody knows it."""
    name = next((name for mark, name in BROWSERS if mark in agent), "")
    system = next((system for mark, system in SYSTEMS if mark in agent), "")
    return " · ".join(part for part in (name, system) if part) or agent[:40]
