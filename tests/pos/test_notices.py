"""What the bell tells: of the tills' work, to those of that store with the right, until each has read it."""

import json
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from pos.selectors.notices import EVENTS
from pos.services.notices import fold as tell
from smartpos.access.services.settings import set_values
from smartpos.clock import now
from smartpos.context import acting
from smartpos.ids import uuid7
from smartpos.notifications.kinds import Draft, kinds
from smartpos.notifications.models import Notification, ReadNote
from smartpos.notifications.selectors import unread_count, visible
from smartpos.notifications.services.telling import forget_old, notify, read_all, read_one
from smartpos.outbox.models import OutboxEvent
from smartpos.outbox.subscriptions import Placed
from smartpos.people.models import Employee, Role
from smartpos.people.services.places import create_store, create_terminal
from tests.architecture.queries import statements
from tests.architecture.shop import give_back, staff
from tests.pos.offline.test_deals import agreed, yes
from tests.till import Till
from tests.world import AT, World, fold

pytestmark = [pytest.mark.django_db, pytest.mark.database]
ABOVE = "sale.discount_above_limit"


@pytest.fixture
def till(world: World) -> Till:
    """Boris's till, open with 100."""
    till = world.till()
    till.open_shift("100.00")
    return till


def client_of(person: Employee) -> Client:
    client = Client()
    client.force_login(person.user)
    return client


def told(world: World, kind: str = "") -> list[Notification]:
    fold()
    rows = Notification.everywhere.filter(business=world.business, shown=True).order_by("seq")
    return list(rows.filter(kind=kind) if kind else rows)


def words(world: World, kind: str) -> tuple[str, str]:
    [row] = told(world, kind)
    with acting(business_id=world.business.pk):
        return row.title, row.detail.replace("\u00a0", " ")


def void(world: World, till: Till) -> None:
    [sale] = till.post(till.sale([(till.item("ESP"), "2"), (till.item("CEV"), "1")]))
    receipt = till.send("GET", f"/pos/receipts?number={sale['result']['label']}", None)[1]["receipts"][0]
    by = {"by": str(world.owner.uuid), "code": "receipt.void", "reason": "Wrong table"}
    [answer] = till.post(till.void(receipt) | {"approvals": [by]})
    assert answer["state"] == "done", answer


@pytest.mark.feature("NTF-05")
def test_a_shift_is_told_with_its_float_its_count_and_what_is_missing(world: World, till: Till) -> None:
    till.close_shift("95.50")
    assert words(world, "shift_opened") == ("Shift opened by Boris A", "Till 1 · opening cash 100.00 KM")
    title, detail = words(world, "shift_closed")
    assert title == "Shift closed by Boris A"
    assert detail == "Till 1 · counted 95.50 KM · difference −4.50 KM"
    assert [row.severity for row in told(world)] == ["info", "warning"]


@pytest.mark.feature("NTF-06")
def test_a_void_and_a_refund_are_told_with_items_person_and_reason(world: World, till: Till) -> None:
    void(world, till)
    [sale] = till.post(till.sale([(till.item("ESP"), "2")]))
    give_back(till, sale["result"]["label"])
    title, detail = words(world, "receipt_void")
    assert title.endswith("voided: 13.00\u00a0KM")
    assert detail == "Boris A · Wrong table · 2 × Espresso, Ćevapi veliki"
    title, detail = words(world, "receipt_refund")
    assert title.startswith("Refund on receipt ")
    assert detail == "Boris A · Changed their mind · Espresso"


@pytest.mark.feature("NTF-08")
def test_a_discount_that_a_manager_approved_is_told_and_one_that_nobody_approved_louder(world: World, till: Till) -> None:
    till.post(agreed(till) | {"approvals": [yes(world.owner, ABOVE), yes(world.owner, "sale.price")]})
    till.post(agreed(till))
    first, second = told(world, "discount_above_limit")
    with acting(business_id=world.business.pk):
        assert "approved by a manager" in first.detail
        assert "nobody approved it" in second.detail
        assert "above the limit" in first.title
    assert [first.severity, second.severity] == ["warning", "critical"]
    till.post(till.sale([(till.item("ESP"), "1")]))
    assert len(told(world, "discount_above_limit")) == 2


def test_refused_attempts_are_told_when_they_repeat_and_count_on(world: World) -> None:
    """C-53: once is a typing mistake."""
    till = world.till()
    ask = {"pin": "1111", "code": ABOVE, "subject": "operation:1", "actor": str(world.cashier.uuid)}
    till.send("POST", "/pos/approve", ask)
    assert told(world, "approval_refused") == []
    till.send("POST", "/pos/approve", ask)
    [row] = told(world, "approval_refused")
    with acting(business_id=world.business.pk):
        read_one(row, by=world.owner)
        assert unread_count(world.owner) == 0
    till.send("POST", "/pos/approve", ask)
    [again] = told(world, "approval_refused")
    assert (again.pk, again.count, again.severity) == (row.pk, 3, "critical")
    with acting(business_id=world.business.pk):
        assert unread_count(world.owner) == 1
        assert again.title == "Boris A tried what nobody approved"


def test_cash_is_told(world: World, till: Till) -> None:
    till.post(till.operation("cash.move", {"direction": "in", "amount": "5.00", "reason": "Change"}))
    assert words(world, "cash_moved") == ("5.00\u00a0KM put into the drawer", "Boris A · Till 1 · Change")


def test_cash_of_others_is_told_and_what_went_by_card_is_not(world: World, till: Till) -> None:
    courier, owner = ({"id": str(uuid7()), "name": name} for name in ("SDS", "Fata"))
    till.post(
        till.operation("parcels.receive", {"courier": courier, "packages": 1, "cod": "9.00"}),
        till.operation("consignment.sell", {"owner": owner, "amount": "40.00", "method": "card"}),
    )
    assert words(world, "cash_moved") == ("9.00\u00a0KM taken for parcels of SDS", "Boris A · Till 1")


@pytest.mark.feature("NTF-16")
def test_the_same_event_folded_twice_is_told_once(world: World, till: Till) -> None:
    fold()
    before = [(row.pk, row.count) for row in told(world)]
    events = [
        Placed(e.position, e.business_id, e.store_id, e.name, e.version, json.loads(e.payload), e.created_at)
        for e in OutboxEvent.objects.filter(name__in=EVENTS, position__isnull=False).order_by("position")
    ]
    with acting(business_id=world.business.pk):
        tell(events)
    assert [(row.pk, row.count) for row in told(world)] == before
    assert OutboxEvent.objects.filter(name="notification.made").count() == 1


@pytest.mark.feature("NTF-11")
def test_nobody_sees_another_store_another_business_or_what_their_role_may_not(
    world: World, other_world: World, till: Till
) -> None:
    other_world.till().open_shift()
    with acting(business_id=world.business.pk, actor_id=world.owner.pk):
        second = create_store(by=world.owner, name="Second", code="X2", currency="BAM", time_zone="Europe/Sarajevo", at=AT)
        terminal = create_terminal(second, by=world.owner, name="Far till", at=AT)
    world.till(pin="9999", terminal=terminal).open_shift()
    mira = staff(world, "Mira", Role.MANAGER, pin="7777", store=world.store, email="mira@a.example")
    fold()
    with acting(business_id=world.business.pk):
        assert {row.store_id for row in visible(world.owner)} == {world.store.pk, second.pk}
        assert {row.store_id for row in visible(mira)} == {world.store.pk}
        assert unread_count(world.cashier) == 0
    far = Notification.everywhere.get(store=second)
    page = client_of(mira).get("/backoffice/notifications/").content.decode()
    assert "Boris A" in page
    assert "Far till" not in page
    assert client_of(mira).get(f"/backoffice/notifications/{far.uuid}/").status_code == 404
    assert client_of(other_world.owner).get(f"/backoffice/notifications/{far.uuid}/").status_code == 404
    status, answer = till.send("GET", f"/pos/bell?actor={world.owner.uuid}", None)
    assert (status, answer["unread"]) == (200, 1)
    assert "Far till" not in json.dumps(answer)
    assert till.send("GET", f"/pos/bell?actor={world.cashier.uuid}", None)[1]["rows"] == []
    assert till.send("GET", f"/pos/bell?actor={other_world.owner.uuid}", None)[1]["rows"] == []
    assert till.send("GET", "/pos/bell?actor=x", None)[0] == 400


def test_one_is_read_by_opening_it_and_all_at_once(world: World, till: Till) -> None:
    void(world, till)
    fold()
    ana = client_of(world.owner)
    assert ">2<" in ana.get("/backoffice/notifications/count/").content.decode()
    row = told(world, "receipt_void")[0]
    opened = ana.get(f"/backoffice/notifications/{row.uuid}/")
    assert opened.status_code == 302
    assert opened["Location"].startswith("/backoffice/sales/")
    assert ">1<" in ana.get("/backoffice/notifications/count/").content.decode()
    panel = ana.get("/backoffice/notifications/panel/").content.decode()
    assert panel.count("told__new") == 1
    done = ana.post("/backoffice/notifications/read/", {"up_to": str(row.seq)}, headers={"HX-Request": "true"})
    assert "told__new" not in done.content.decode()
    assert 'hx-swap-oob="true"' in done.content.decode()
    assert not ReadNote.everywhere.exists()
    assert ana.get("/backoffice/notifications/?unread=yes").content.decode().count("row-link") == 0
    till.post(till.operation("cash.move", {"direction": "in", "amount": "5.00", "reason": "Change"}))
    fold()
    assert ">1<" in ana.get("/backoffice/notifications/count/").content.decode()


@pytest.mark.parametrize("up_to", ["", "x", "-1", "9" * 30, "\uff11"])
def test_a_place_that_is_none_marks_what_there_is(world: World, till: Till, up_to: str) -> None:
    fold()
    ana = client_of(world.owner)
    assert ana.post("/backoffice/notifications/read/", {"up_to": up_to}).status_code == 302
    with acting(business_id=world.business.pk):
        assert unread_count(world.owner) == 0


def test_the_till_marks_as_read_and_a_mark_never_goes_back(world: World, till: Till) -> None:
    fold()
    _status, bell = till.send("GET", f"/pos/bell?actor={world.owner.uuid}", None)
    assert bell["rows"][0]["title"] == "Shift opened by Boris A"
    assert bell["rows"][0]["fresh"]
    read = {"actor": str(world.owner.uuid), "up_to": bell["up_to"]}
    assert till.send("POST", "/pos/bell/read", read)[1]["unread"] == 0
    assert till.send("POST", "/pos/bell/read", read | {"up_to": 0})[1]["unread"] == 0
    assert till.send("POST", "/pos/bell/read", read | {"up_to": "x"})[0] == 400


def test_the_till_is_answered_in_its_own_language(world: World, till: Till) -> None:
    fold()
    client = Client(headers={"Accept-Language": "bs"})
    client.cookies["smartpos_language"] = "en"
    own = world.till(client)
    assert own.send("GET", f"/pos/bell?actor={world.owner.uuid}", None)[1]["rows"][0]["title"] == "Smjena otvorena: Boris A"


def test_switched_off_there_is_no_bell(world: World, till: Till) -> None:
    fold()
    ana = client_of(world.owner)
    assert 'id="bell"' in ana.get("/backoffice/sales/").content.decode()
    with acting(business_id=world.business.pk, actor_id=world.owner.pk):
        set_values({"notify.bell": False}, by=world.owner, store=None, at=AT)
    assert 'id="bell"' not in ana.get("/backoffice/sales/").content.decode()
    assert till.send("GET", f"/pos/bell?actor={world.owner.uuid}", None)[1]["unread"] == 0


def drafts(world: World, count: int, start: int = 0) -> list[Draft]:
    params: dict[str, Any] = {"employee": "Boris", "terminal": "Till 1", "opening": "1", "currency": "BAM", "late": 0}
    return [
        Draft(kind="shift_opened", key=f"many:{n}", store_id=world.store.pk, at=now(), params=params)
        for n in range(start, start + count)
    ]


def test_thousands_cost_what_one_costs(world: World) -> None:
    ana = client_of(world.owner)

    def costs() -> list[int]:
        asked = ("/backoffice/notifications/count/", "/backoffice/notifications/panel/", "/backoffice/notifications/")
        with acting(business_id=world.business.pk):
            count = len(statements(lambda: unread_count(world.owner)))
        return [count, *(len(statements(lambda path=path: ana.get(path))) for path in asked)]  # type: ignore[misc]

    with acting(business_id=world.business.pk):
        notify(drafts(world, 1), at=now())
    costs()
    few = costs()
    with acting(business_id=world.business.pk):
        one = len(statements(lambda: notify(drafts(world, 1, 10), at=now())))
        many = len(statements(lambda: notify(drafts(world, 3000, 100), at=now())))
        for row in Notification.objects.order_by("-seq")[:40]:
            read_one(row, by=world.owner)
    assert costs() == few
    assert few[0] <= 3
    assert many <= one + 3000 // 50
    assert "99+" in ana.get("/backoffice/notifications/count/").content.decode()


def test_what_is_old_is_no_news_and_goes(world: World) -> None:
    with acting(business_id=world.business.pk):
        [old] = drafts(world, 1)
        assert notify([Draft(kind=old.kind, key="old", store_id=None, at=now() - timedelta(days=8))], at=now()) == []
        [row] = notify([old], at=now())
        read_all(by=world.owner, up_to=row.seq)
    assert forget_old(now()) == "0 notifications"
    assert forget_old(now() + timedelta(days=91)) == "1 notifications"


def test_every_kind_says_who_may_see_it() -> None:
    from smartpos.access.permissions import permission_of

    assert [permission_of(kind.permission).code for kind in kinds()]
