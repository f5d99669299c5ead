"""The bonus: whose sales count, the rule of a month, paying it once, taking it back, one's own figures at the till; commission."""

import csv
import io
import json
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client

from pos.models import BonusPayout, BonusRule, BonusUndo
from pos.selectors import bonus as selector
from pos.selectors.checklists import completed_by
from pos.selectors.sales import by_seller
from smartpos.access.services.settings import set_values
from smartpos.audit.models import Entry
from smartpos.context import acting
from smartpos.people.models import Employee, Role
from smartpos.people.services.commission import note_rate
from smartpos.people.services.places import create_store
from tests.architecture.shop import give_back, staff
from tests.bonus import BEFORE, THIS, paid_out, ruled
from tests.checklists import task_of, ticked, write
from tests.till import Till
from tests.world import AT, World

pytestmark = [pytest.mark.django_db, pytest.mark.database]
PAGE = "/backoffice/bonus/"
COMMISSION = "/backoffice/commission/"
NEW = "01934b7e-0000-7000-8000-0000000000b1"


@pytest.fixture
def office(world: World) -> Client:
    return client_of(world.owner)


def client_of(person: Employee) -> Client:
    client = Client()
    client.force_login(person.user)
    return client


def month_of(world: World, person: Employee, month: Any = THIS) -> selector.Month:
    with acting(business_id=world.business.pk, actor_id=world.owner.pk):
        return selector.of_person(person, month, "BAM")


def sold(till: Till, pieces: str = "4", sku: str = "ESP") -> dict[str, Any]:
    [answer] = till.post(till.sale([(till.item(sku), pieces)]))
    assert answer["state"] == "done", answer
    return answer["result"]


@pytest.mark.feature("EMP-04", "EMP-10")
def test_a_refund_lowers_the_sales_of_whoever_sold_and_a_void_counts_nothing(world: World) -> None:
    boris = world.till()
    boris.open_shift()
    label = sold(boris, "2")["label"]  # 4.00
    ana = Till(boris.send, snapshot=boris.snapshot, shift=boris.shift, seq=boris.seq, number=boris.number).sign_in("9999")
    give_back(ana, label)  # 2.00 of what Boris sold
    own = sold(ana, "1")["label"]  # 2.00
    found = ana.send("GET", f"/pos/receipts?number={own}", None)[1]["receipts"][0]
    [void] = ana.post(ana.void(found))
    assert void["state"] == "done", void
    sold(ana, "3")
    with acting(business_id=world.business.pk):
        rows = {row.employee: (row.sales, row.total, row.back) for row in by_seller(THIS, selector.month_end(THIS))}
    assert rows == {
        world.cashier.pk: (1, Decimal(2), Decimal(-2)), world.owner.pk: (1, Decimal(6), Decimal(0)),
    }  # fmt: skip
    assert month_of(world, world.cashier).sales == Decimal(2)


@pytest.mark.feature("EMP-09", "EMP-10", "EMP-11")
def test_the_rule_of_the_month_holds_with_its_season(world: World) -> None:
    till = world.till()
    till.open_shift()
    sold(till, "4")  # 8.00
    assert month_of(world, world.cashier).target is None
    ruled(world)
    assert month_of(world, world.cashier).bonus == Decimal("0.15")  # 5 % of 3.00
    ruled(world, valid_from=THIS, seasons={THIS.month: Decimal(150)})
    assert (month_of(world, world.cashier).target, month_of(world, world.cashier).bonus) == (Decimal("7.5"), Decimal("0.03"))
    assert month_of(world, world.cashier, BEFORE).target == Decimal(5)
    ruled(world, valid_from=THIS, active=False, version=1)
    assert (month_of(world, world.cashier).target, month_of(world, world.cashier).bonus) == (None, Decimal(0))


@pytest.mark.feature("EMP-12")
def test_without_the_completed_checklists_there_is_no_bonus(world: World) -> None:
    checklist = write(world, "Clean", "Count")
    ruled(world, checklists=1)
    till = world.till()
    till.open_shift()
    sold(till, "4")
    ticked(till, task_of(checklist, "Clean"))
    row = month_of(world, world.cashier)
    assert (row.bonus, row.reached, row.done, row.met) == (Decimal(0), Decimal("0.15"), 0, False)
    other = Till(till.send, snapshot=till.snapshot, shift=till.shift, seq=till.seq, number=till.number).sign_in("9999")
    ticked(other, task_of(checklist, "Count"))
    assert (month_of(world, world.cashier).bonus, month_of(world, world.owner).done) == (Decimal("0.15"), 1)
    ticked(other, task_of(checklist, "Clean"), done=False)
    with acting(business_id=world.business.pk):
        assert not completed_by(THIS)


def grown_old(world: World, client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    """The office looks in the month after."""
    later = datetime.combine(selector.month_end(THIS) + timedelta(days=5), datetime.min.time(), UTC)
    monkeypatch.setattr("pos.views.manage.bonus.now", lambda: later)


def pay_form(client: Client, world: World, **more: str) -> dict[str, str]:
    page = client.get(f"{PAGE}{world.cashier.uuid}/?month={THIS:%Y-%m}")
    form = page.context["pay"]
    return {"uuid": NEW, "shown": str(form["shown"].value()), "paid_on": f"{form['paid_on'].value()}"} | more


@pytest.mark.feature("EMP-13")
def test_a_month_is_paid_once_frozen_and_can_be_taken_back(
    world: World, office: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    ruled(world)
    till = world.till()
    till.open_shift()
    sold(till, "4")
    address = f"{PAGE}{world.cashier.uuid}/pay/?month={THIS:%Y-%m}"
    early = {"uuid": NEW, "shown": "0.15", "paid_on": f"{THIS}"}
    assert office.post(address, early).status_code == 422  # the month is not over
    grown_old(world, office, monkeypatch)
    form = pay_form(office, world)
    assert office.post(address, form | {"shown": "99"}).status_code == 409
    assert office.post(address, form | {"paid_on": "2001-01-01"}).status_code == 422
    for _ in range(2):
        assert office.post(address, form).status_code == 302
    assert office.post(address, form | {"uuid": NEW[:-1] + "2"}).status_code == 409
    payout = BonusPayout.everywhere.get()
    assert (payout.bonus, payout.total, payout.target, payout.shifts, payout.turn) == (Decimal("0.15"), 8, 5, 1, 1)
    sold(till, "4")  # late for that month
    row = month_of(world, world.cashier)
    assert (row.bonus, row.sales, row.since) == (Decimal("0.15"), Decimal(8), Decimal(8))
    page = office.get(f"{PAGE}?month={THIS:%Y-%m}").content.decode()
    assert "Paid " in page
    undo = f"{PAGE}payouts/{payout.uuid}/undo/"
    assert office.post(undo, {"reason": " "}).status_code == 422
    for _ in range(2):
        assert office.post(undo, {"reason": "Wrong month"}).status_code in {302, 200}
    assert BonusUndo.everywhere.count() == 1
    again = pay_form(office, world, uuid=NEW[:-1] + "3")
    assert office.post(address, again).status_code == 302
    assert BonusPayout.everywhere.latest("pk").turn == 2
    log = Entry.objects.filter(business_id=world.business.pk, action__startswith="bonus.").order_by("position")
    assert [entry.action for entry in log] == ["bonus.rule", "bonus.paid", "bonus.undone", "bonus.paid"]
    assert json.loads(log[1].data)["total"] == "0.15"


def test_nobody_but_the_owner_pays_their_own_bonus(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    ruled(world)
    admin = staff(world, "Adem", Role.ADMIN, pin="7777", store=world.store, email="adem@a.example")
    till = world.till(pin="7777")
    till.open_shift()
    sold(till, "4")
    client = client_of(admin)
    grown_old(world, client, monkeypatch)
    assert "Nobody pays their own bonus" in client.get(f"{PAGE}{admin.uuid}/?month={THIS:%Y-%m}").content.decode()
    given = {"uuid": NEW, "shown": "0.15", "paid_on": f"{THIS}"}
    assert client.post(f"{PAGE}{admin.uuid}/pay/?month={THIS:%Y-%m}", given).status_code == 403
    assert not BonusPayout.everywhere.exists()


def rule(**more: str) -> dict[str, str]:
    return {"version": "0", "active": "on", "valid_from": f"{THIS:%Y-%m}", "threshold": "5000", "percent": "2.5", **more}


def test_the_rule_is_set_and_refused_beside_its_field(world: World, office: Client) -> None:
    page = f"{PAGE}rule/"
    assert office.post(page, rule(season_12="120", checklists="20")).status_code == 302
    kept = BonusRule.everywhere.get()
    assert (kept.threshold, kept.percent, kept.checklists, kept.valid_from) == (5000, Decimal("2.5"), 20, THIS)
    assert office.post(page, rule()).status_code == 409
    for wrong, field in (
        ({"percent": "101"}, "percent"), ({"threshold": "-1"}, "threshold"), ({"season_1": "0"}, "season_1"),
        ({"season_1": "1001"}, "season_1"), ({"valid_from": "1999-01"}, "valid_from"), ({"checklists": "-1"}, "checklists"),
        ({"threshold": ""}, "threshold"),
    ):  # fmt: skip
        answer = office.post(page, rule(version="1", **wrong))
        assert (answer.status_code, list(answer.context["form"].errors)) == (422, [field]), wrong
    for odd in ("x", "2999-01", "0000-00", ""):
        assert office.get(f"{page}?month={odd}&currency=XXX").status_code == 200
        assert office.get(f"{PAGE}?month={odd}&currency=XXX").status_code == 200


def test_a_manager_of_one_store_sees_only_those_who_work_there_alone(world: World) -> None:
    with acting(business_id=world.business.pk, actor_id=world.owner.pk):
        second = create_store(by=world.owner, name="Store 2", code="A2", currency="BAM", time_zone="Europe/Sarajevo", at=AT)
    there = staff(world, "Tarik", Role.CASHIER, pin="7771", store=second)
    manager = staff(world, "Mirza", Role.MANAGER, pin="7777", store=world.store, email="mirza@a.example")
    paid = paid_out(world, there)
    client = client_of(manager)
    page = client.get(PAGE).content.decode()
    assert "Tarik" not in page
    assert world.owner.name not in page
    assert world.cashier.name in page
    assert client.get(f"{PAGE}{there.uuid}/").status_code == 404
    assert client.get(f"{PAGE}rule/").status_code == 403
    owner = client_of(world.owner)
    assert "Tarik" in owner.get(PAGE).content.decode()
    assert owner.get(f"{PAGE}{there.uuid}/?month=2020-02").status_code == 200
    assert client.post(f"{PAGE}payouts/{paid.uuid}/undo/", {"reason": "x"}).status_code == 403


def test_another_business_is_not_there(world: World, other_world: World, office: Client) -> None:
    paid = paid_out(other_world, other_world.cashier)
    assert office.get(f"{PAGE}{other_world.cashier.uuid}/").status_code == 404
    assert office.post(f"{PAGE}payouts/{paid.uuid}/undo/", {"reason": "x"}).status_code == 404
    assert office.post(f"{PAGE}{other_world.cashier.uuid}/pay/", {}).status_code == 404


@pytest.mark.feature("EMP-14")
def test_the_till_tells_one_persons_own_figures(world: World) -> None:
    till = world.till()
    till.open_shift()
    sold(till, "4")
    actor = f"/pos/bonus?actor={world.cashier.uuid}"
    status, answer = till.send("GET", actor, None)
    assert (status, answer["threshold"], answer["sales"], answer["percent"]) == (200, None, "8.00", None)
    ruled(world, percent=Decimal("12.5"))
    answer = till.send("GET", actor, None)[1]
    assert answer == {
        "month": f"{THIS:%Y-%m}", "sales": "8.00", "threshold": "5.00", "progress": 160, "percent": "12.5", "bonus": "0.38",
        "reached": "0.38", "checklists": None, "shifts": 1,
    }  # fmt: skip
    assert till.send("GET", f"/pos/bonus?actor={world.owner.uuid}", None)[1]["sales"] == "0.00"
    assert till.send("GET", "/pos/bonus", None)[0] == 403
    assert till.send("GET", "/pos/bonus?actor=x", None)[0] == 400
    with acting(business_id=world.business.pk, actor_id=world.owner.pk):
        set_values({"module.employee_bonus": False}, by=world.owner, at=AT)
    assert till.send("GET", actor, None)[1]["error"]["code"] == "module_off"


def rated(world: World, percent: str, *, first: bool = False, at: datetime = AT) -> None:
    """The cashier's rate from now on."""
    with acting(business_id=world.business.pk, actor_id=world.owner.pk):
        cashier = Employee.objects.get(pk=world.cashier.pk)
        cashier.commission = Decimal(percent)
        note_rate(cashier, [world.store], first=first, at=at)


@pytest.mark.feature("EMP-04")
def test_each_sale_and_what_comes_back_of_it_count_at_the_rate_of_the_sales_day(
    world: World, office: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    rated(world, "10", first=True)
    till = world.till()
    first, tomorrow = till.day, datetime.now(UTC) + timedelta(days=1)
    till.open_shift()
    before = sold(till, "2", "CEV")  # 18.00 at 10 %
    monkeypatch.setattr("pos.views.api.now", lambda: tomorrow)
    till.clock = lambda: tomorrow
    rated(world, "20", at=tomorrow)
    sold(till, "1", "CEV")  # 9.00 at 20 %
    give_back(till, before["label"])  # 9.00 of the day before

    both = f"?from={first}&to={till.day}"
    [(_code, rows, total, share)] = office.get(COMMISSION + both).context["tables"]
    assert [(row.rate, row.sold.total, row.commission) for row in rows] == [(10, 9, Decimal("0.90")), (20, 9, Decimal("1.80"))]
    assert (total, share) == (18, Decimal("2.70"))
    # what was before the change is what it was
    alone = office.get(f"{COMMISSION}?from={first}&to={first}")
    [(_code, [row], _total, share)] = alone.context["tables"]
    assert (row.rate, row.sold.total, share) == (10, 18, Decimal("1.80"))


@pytest.mark.feature("EMP-04")
def test_the_commission_of_a_period_and_its_file(world: World, office: Client) -> None:
    rated(world, "2.5", first=True)
    till = world.till()
    till.open_shift()
    give_back(till, sold(till, "2", "CEV")["label"])  # 18.00 less 9.00
    page = office.get(COMMISSION)
    assert "Nobody had a rate" not in page.content.decode()
    [(code, [row], total, share)] = page.context["tables"]
    assert (code, row.gross, row.sold.back, total, share) == ("BAM", 18, -9, 9, Decimal("0.23"))  # 0.225
    answer = office.get(f"{COMMISSION}?export=csv")
    [head, line] = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert (head[0], line[0], line[-2:]) == ("Full name", world.cashier.name, ["2.5", "0.23"])
    assert Entry.objects.filter(business_id=world.business.pk, action="list.exported", subject="pos.commission").exists()
    assert office.get(f"{COMMISSION}?from=2026-02-02&to=2026-02-01").status_code == 422
    assert office.get(f"{COMMISSION}?from=x&to=2026-13-01").status_code == 200
    assert "Nobody sold" in office.get(f"{COMMISSION}?from=2020-02-02&to=2020-02-03").content.decode()
    [head, *lines] = list(csv.reader(io.StringIO(office.get(f"{PAGE}?export=csv").content.decode("utf-8-sig"))))
    assert head[0] == "Full name"
    assert {line[0] for line in lines} == {world.owner.name, world.cashier.name, world.waiter.name}


def test_when_nobody_has_a_rate_the_commission_says_so(world: World, office: Client) -> None:
    till = world.till()
    till.open_shift()
    sold(till)
    page = office.get(COMMISSION).content.decode()
    assert "Nobody had a rate in this time" in page
