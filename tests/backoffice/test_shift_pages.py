"""Shifts and cash in the office: reading them, closing one for somebody, correcting, reconciling, ending the day."""

from decimal import Decimal

import pytest
from django.test import Client

from pos.models import CashMovement, Shift, ZReport
from pos.selectors.reconciliation import reconcile
from smartpos.context import acting
from smartpos.ids import uuid7
from smartpos.people.models import Role
from tests.architecture.shop import sell_and_refund, staff
from tests.till import Till
from tests.world import World

pytestmark = [pytest.mark.django_db, pytest.mark.database]


@pytest.fixture
def till(world: World) -> Till:
    till = world.till()
    till.open_shift("100.00")
    sell_and_refund(till)
    till.post(till.sale([(till.item("ESP"), "2")], tenders=[{"method": "card", "amount": "4.00"}]))
    till.post(till.operation("cash.move", {"direction": "in", "amount": "8.00", "reason": "Change"}))
    return till


@pytest.fixture
def office(world: World) -> Client:
    client = Client(headers={"accept-language": "en"})
    client.force_login(world.owner.user)
    return client


def page(office: Client, path: str, **data: str) -> str:
    answer = office.get(f"/backoffice/{path}", data)
    assert answer.status_code == 200, answer
    return answer.content.decode()


def checks(world: World) -> dict[str, tuple[Decimal, bool]]:
    with acting(business_id=world.business.pk):
        day = Shift.objects.latest("pk").business_date
        return {check.code: (check.one, check.holds) for check in reconcile(world.store, day)}


def test_the_list_and_the_report_of_a_shift(till: Till, office: Client) -> None:
    assert "Boris A" in page(office, "shifts/", state="open")
    detail = page(office, f"shifts/{till.shift}/")
    for word in ("110.00", "Change", f"{till.snapshot['device']['series']}-1"):
        assert word in detail
    assert till.shift not in page(office, "shifts/", state="auto")


def test_hard_case_8_the_office_closes_while_the_till_is_away(till: Till, office: Client, world: World) -> None:
    away = [till.sale([(till.item("ESP"), "1")]) for _n in range(2)]
    path = f"/backoffice/shifts/{till.shift}/close/"
    assert "Say why" in office.post(path, {"counted": "100"}).content.decode()
    assert office.post(path, {"counted": "-1"}).status_code == 422
    assert Shift.everywhere.get().is_open
    assert office.post(path, {"counted": "100", "reason": "Went home"}).status_code == 302
    assert office.post(path, {"counted": "1", "reason": "Twice"}).status_code == 409
    assert till.send("GET", "/pos/snapshot", None)[1]["shift"] is None
    answers = till.post(*away)
    assert [answer["state"] for answer in answers] == ["done-late", "done-late"]
    shift = Shift.everywhere.get()
    assert (shift.expected, shift.counted, shift.closed_how) == (Decimal(110), Decimal(100), "office")
    detail = page(office, f"shifts/{till.shift}/")
    assert "Supplement" in detail
    assert "114.00" in detail
    assert {code: holds for code, (_sum, holds) in checks(world).items()} == {"payments": True, "drawer": True, "reports": True}


@pytest.mark.feature("SHF-28")
def test_a_closed_shift_is_corrected_beside_its_figures(till: Till, office: Client) -> None:
    path = f"/backoffice/shifts/{till.shift}/correct/"
    body = {"uuid": str(uuid7()), "sign": "less", "amount": "5", "reason": "A note was false"}
    assert office.post(path, body).status_code == 409
    till.close_shift("110.00")
    frozen = Shift.everywhere.values().get()
    assert office.post(path, {**body, "reason": " "}).status_code == 422
    assert office.post(path, {**body, "amount": "0"}).status_code == 422
    assert [office.post(path, body).status_code for _twice in range(2)] == [302, 302]
    correction = CashMovement.everywhere.get(kind="correction")
    assert (correction.amount, correction.drawer, correction.late) == (Decimal(-5), Decimal(0), True)
    assert Shift.everywhere.values().get() == frozen
    assert "A note was false" in page(office, f"shifts/{till.shift}/")


def test_sales_payments_drawers_and_reports_agree(till: Till, world: World, office: Client) -> None:
    late = till.sale([(till.item("CEV"), "1")])
    till.close_shift("110.00")
    till.post(late)
    found = checks(world)
    assert all(holds for _sum, holds in found.values())
    assert found["drawer"][0] == Decimal(110)
    assert page(office, "cash/").count("agree") >= 3


@pytest.mark.feature("SHF-25")
def test_the_day_is_closed_from_the_office(till: Till, world: World, office: Client) -> None:
    path = f"/backoffice/z-reports/make/{world.store.uuid}/"
    body = {"uuid": str(uuid7())}
    assert [office.post(path, body).status_code for _twice in range(2)] == [302, 302]
    assert office.post(path, {"uuid": str(uuid7())}).status_code == 409
    assert office.post(path, {"uuid": str(uuid7()), "empty": "on"}).status_code == 302
    assert list(ZReport.everywhere.order_by("number").values_list("number", flat=True)) == [1, 2]
    first = ZReport.everywhere.get(number=1)
    assert "8.00" in page(office, f"z-reports/{first.uuid}/")
    assert "Ana A" in page(office, "z-reports/")


def test_nobody_reaches_what_is_not_theirs(till: Till, world: World, other_world: World, office: Client) -> None:
    stranger = Client()
    stranger.force_login(other_world.owner.user)
    for path in (f"shifts/{till.shift}/", "cash/"):
        answer = stranger.get(f"/backoffice/{path}")
        assert answer.status_code == 404 or world.store.name not in answer.content.decode()
    assert stranger.post(f"/backoffice/shifts/{till.shift}/close/", {"counted": "1"}).status_code == 404
    assert stranger.post(f"/backoffice/z-reports/make/{world.store.uuid}/", {"uuid": str(uuid7())}).status_code == 404
    cashier = staff(world, "Klara", Role.CASHIER, pin="4444", store=world.store, email="klara@a.example")
    client = Client()
    client.force_login(cashier.user)
    assert client.get("/backoffice/shifts/").status_code in {302, 403}
    assert Shift.everywhere.get().is_open
