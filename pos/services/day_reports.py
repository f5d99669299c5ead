"""Z: the official end of a store's day. Its number is gapless, and every receipt stands in exactly one."""

import json
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _

from pos.models import ServerSeries, ZReport
from pos.selectors.day_reports import period
from smartpos.access.permissions import allowed
from smartpos.audit.services import record
from smartpos.clock import business_day
from smartpos.db.locks import serialise, write_transaction
from smartpos.errors import Conflict, NotAllowed
from smartpos.money import Currency
from smartpos.operations.models import DeviceJournal
from smartpos.people.models import Employee, Store

MAKE = "report.z"


class NothingSince(Conflict):
    """Nothing was booked since the last Z: whoever wants an empty one says so."""

    code = "z_empty"


def make_z(store: Store, *, uuid: UUID, by: Employee, empty: bool = False, at: datetime) -> ZReport:
    """Close the day's counters. The same `uuid` is the same report; of two clicks at once the second finds nothing new.

    The journals of the store's devices, and its own series, are held: what is being booked is waited for, what comes next is in the next Z.
    """
    if not allowed(by, MAKE, store.pk):
        raise NotAllowed(_("Your role does not allow this. Ask a manager or the owner."))
    with write_transaction():
        serialise(f"z:{store.pk}")
        known: ZReport | None = ZReport.objects.filter(uuid=uuid, store=store).first()
        if known is not None:
            return known
        if ZReport.everywhere.filter(uuid=uuid).exists():
            raise Conflict(_("This page is out of date. Load it again."))
        list(DeviceJournal.objects.select_for_update().filter(device__in=_devices(store)).order_by("pk").values_list("pk"))
        list(ServerSeries.objects.select_for_update().filter(store=store).values_list("pk"))
        today = business_day(at, store.zone, store.cutoff_minutes)
        found = period(store, today=today)
        if found.came.is_nothing and not empty:
            raise NothingSince(_("Nothing was booked since the last Z report."))
        report = ZReport(
            uuid=uuid, business_id=store.business_id, store=store, number=found.number, business_date=today, made_at=at, made_by=by,
            last_receipt=found.last_receipt, last_movement=found.last_movement,
            figures=json.dumps(found.frozen(Currency.of(store.currency))),
        )  # fmt: skip
        report.save(force_insert=True)
        data = {"number": report.number, "total": json.loads(report.figures)["total"], "currency": store.currency}
        record("report.z", subject=f"store:{store.uuid}", data=data, at=at)
    return report


def _devices(store: Store) -> list[int]:
    return list(DeviceJournal.objects.filter(device__store=store).values_list("device_id", flat=True))
