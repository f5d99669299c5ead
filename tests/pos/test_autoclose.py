"""23:59 by the store's clock: closed once, whatever slept, and never a question asked."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest

from pos.models import CashMovement, Shift, ShiftReport
from pos.services.autoclose import close_overdue, closing_moment
from smartpos.access.services.settings import set_values
from smartpos.context import acting
from smartpos.ids import uuid7
from smartpos.mail.mailing import Recipients
from smartpos.mail.models import Mail
from smartpos.outbox.runner import deliver_due
from smartpos.scheduling.models import Schedule
from smartpos.scheduling.services import tick
from tests.till import Till
from tests.world import AT, World

pytestmark = [pytest.mark.django_db, pytest.mark.database]
SARAJEVO = ZoneInfo("Europe/Sarajevo")


@pytest.fixture
def till(world: World) -> Till:
    till = world.till()
    till.open_shift("100.00")
    till.post(till.sale([(till.item("ESP"), "1")]))
    return till


def moment(**changes: object) -> datetime:
    shift = Shift.everywhere.select_related("store").get()
    for name, value in changes.items():
        setattr(shift.store if hasattr(shift.store, name) else shift, name, value)
    return closing_moment(shift)


def close(world: World, at: datetime) -> str:
    with acting(business_id=world.business.pk):
        return close_overdue(at)


@pytest.mark.feature("SHF-18")
def test_it_closes_at_its_minute_once_and_says_that_nobody_counted(till: Till, world: World) -> None:
    at = moment()
    assert close(world, at - timedelta(seconds=1)) == "0 shifts"
    assert close(world, at + timedelta(hours=9)) == "1 shifts"
    assert close(world, at + timedelta(hours=9)) == "0 shifts"
    shift = Shift.everywhere.get()
    assert (shift.closed_how, shift.closed_at, shift.closed_by) == ("auto", at, None)
    assert (shift.counted, shift.expected) == (Decimal(102), Decimal(102))
    assert ShiftReport.everywhere.get().shift_id == shift.pk
    assert till.send("GET", "/pos/snapshot", None)[1]["shift"] is None


@pytest.mark.feature("STO-10")
@pytest.mark.parametrize(
    ("day", "cutoff", "zone", "expected"),
    [
        ("2026-11-26", 0, "Europe/Sarajevo", datetime(2026, 11, 26, 22, 59, tzinfo=UTC)),
        ("2026-11-26", 240, "Europe/Sarajevo", datetime(2026, 11, 27, 2, 59, tzinfo=UTC)),
        ("2026-11-26", 0, "America/New_York", datetime(2026, 11, 27, 4, 59, tzinfo=UTC)),
        # the night before summer time begins, and the one in which it ends: 03:59 is what the clock shows
        ("2026-03-28", 240, "Europe/Sarajevo", datetime(2026, 3, 29, 1, 59, tzinfo=UTC)),
        ("2026-10-24", 240, "Europe/Sarajevo", datetime(2026, 10, 25, 2, 59, tzinfo=UTC)),
        ("2026-03-28", 0, "Europe/Sarajevo", datetime(2026, 3, 28, 22, 59, tzinfo=UTC)),
        ("2026-10-25", 0, "Europe/Sarajevo", datetime(2026, 10, 25, 22, 59, tzinfo=UTC)),
    ],
)
def test_the_moment_is_the_stores_own(till: Till, day: str, cutoff: int, zone: str, expected: datetime) -> None:
    found = moment(business_date=datetime.fromisoformat(day).date(), cutoff_minutes=cutoff, time_zone=zone)
    assert found == expected


@pytest.mark.feature("SHF-18", "SHF-20")
def test_the_beat_fires_it_also_after_the_worker_was_dead(till: Till, world: World) -> None:
    with acting(business_id=world.business.pk, actor_id=world.owner.pk):
        set_values(
            {"mails.shift_auto_closed": Recipients(on=True, to=("ana@firm.example", "boss@firm.example"))},
            by=world.owner,
            store=None,
            at=AT,
        )
    tick(AT)
    Schedule.objects.exclude(code="shift.autoclose").delete()
    at = moment() + timedelta(hours=30)
    Schedule.objects.update(next_run_at=at - timedelta(hours=29))
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr("smartpos.scheduling.services.now", lambda: at)
        tick(at)
        deliver_due()
    assert Shift.everywhere.get().closed_how == "auto"
    mails = Mail.everywhere.order_by("to")
    assert [(mail.kind, mail.to) for mail in mails] == [
        ("shift_auto_closed", "ana@firm.example"),
        ("shift_auto_closed", "boss@firm.example"),
    ]


def test_a_till_that_was_away_opens_the_next_day_and_the_old_shift_is_closed(
    till: Till, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    at = moment() + timedelta(hours=8)
    monkeypatch.setattr("pos.views.api.now", lambda: at)
    till.clock = lambda: at
    old = till.shift
    till.open_shift("50.00")
    first, second = Shift.everywhere.order_by("pk")
    assert (str(first.uuid), first.closed_how, second.is_open) == (old, "auto", True)
    assert second.business_date == first.business_date + timedelta(days=1)
    assert second.previous_count == Decimal(102)


def test_a_count_that_comes_after_it_stands_beside_the_frozen_figures(till: Till, world: World) -> None:
    sale = till.sale([(till.item("ESP"), "2")])
    count = till.operation("shift.close", {"shift": till.shift, "counted": "105.00"})
    close(world, moment())
    answers = till.post(sale, count)
    assert [answer["state"] for answer in answers] == ["done-late", "done"]
    assert answers[1]["result"]["counted"] == "102.00"
    assert list(CashMovement.everywhere.values_list("kind", "amount", "drawer")) == [("count", Decimal(105), Decimal(0))]
    report = till.send("GET", f"/pos/shifts/{till.shift}?actor={world.owner.uuid}", None)[1]
    assert (report["figures"]["sales"]["count"], report["supplement"]["drawer"]["expected"]) == (1, "4.00")


def test_what_opens_in_the_last_minute_belongs_to_the_next_day(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    till = world.till()
    at = datetime(2026, 12, 1, 23, 59, 20, tzinfo=SARAJEVO)
    monkeypatch.setattr("pos.views.api.now", lambda: at.astimezone(UTC))
    till.clock = lambda: at
    till.shift = str(uuid7())
    till.post(till.operation("shift.open", {"shift": till.shift, "opening_float": "0.00"}))
    assert Shift.everywhere.get().business_date.isoformat() == "2026-12-02"
    assert close(world, at) == "0 shifts"


@pytest.mark.feature("SHF-21", "SHF-22")
def test_opening_and_closing_are_mailed_with_everything(world: World) -> None:
    with acting(business_id=world.business.pk, actor_id=world.owner.pk):
        ana = Recipients(on=True, to=("ana@firm.example",))
        set_values({"mails.shift_opened": ana, "mails.shift_closed": ana}, by=world.owner, store=None, at=AT)
    till = world.till()
    till.open_shift("100.00")
    till.post(till.sale([(till.item("ESP"), "1")]))
    approvals = [{"by": str(world.owner.uuid), "code": "cash.receive"}]
    till.post(till.operation("cash.handover", {"receiver": str(world.owner.uuid), "amount": "40.00"}, approvals=approvals))
    till.post(till.operation("shift.close", {"shift": till.shift, "counted": "60.00", "reason": "<b>Lost</b>"}))
    opened, closed = Mail.everywhere.order_by("pk")
    assert (opened.kind, closed.kind) == ("shift_opened", "shift_closed")
    for word in ("Boris A", world.store.name, "100"):
        assert word in opened.text
        assert word in opened.html
    receipt = f"{till.snapshot['device']['series']}-1"
    for word in (receipt, "Ana A", "40", "&lt;b&gt;Lost"):
        assert word in closed.html
    assert "<b>Lost" not in closed.html
