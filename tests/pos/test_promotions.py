"""Promotions in the Backoffice: what is kept and refused, who may, what was sold, what might be promoted."""

import json
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client

from inventory.models import Product, StockLevel
from inventory.services.stock import move_stock
from inventory.types import MovedGoods
from pos.models import Promotion
from pos.selectors import promotions as selector
from pos.selectors.candidates import slow_sellers
from pos.services.promotions import set_archived
from smartpos.access.services.rights import set_rights
from smartpos.audit.models import Entry
from smartpos.context import acting
from smartpos.ids import uuid7
from smartpos.people.models import Employee, Role, Store
from smartpos.people.services.places import create_store
from tests.architecture.queries import assert_constant_queries
from tests.architecture.shop import staff
from tests.pos.offline.test_promotions import sold
from tests.promotions import plan, wall
from tests.world import AT, World

pytestmark = [pytest.mark.django_db, pytest.mark.database]
NEW = "01934b7e-0000-7000-8000-00000000000b"
PAGE = "/backoffice/promotions/"


@pytest.fixture
def office(world: World) -> Client:
    client = Client()
    client.force_login(world.owner.user)
    return client


@pytest.fixture
def second(world: World) -> Store:
    with acting(business_id=world.business.pk, actor_id=world.owner.pk):
        return create_store(by=world.owner, name="Store 2", code="A2", currency="BAM", time_zone="Europe/Sarajevo", at=AT)


def client_of(person: Employee) -> Client:
    client = Client()
    client.force_login(person.user)
    return client


def filled(world: World, *skus: str, **more: Any) -> dict[str, Any]:
    products = [str(world.products[sku].uuid) for sku in skus or ("ESP",)]
    return {
        "uuid": NEW, "version": "0", "name": "Autumn", "percent": "12.5", "start_day": "2026-11-20", "start_time": "08:00",
        "end_day": "2026-11-30", "end_time": "23:59", "scope": "all", "products": products, **more,
    }  # fmt: skip


def log(world: World, promotion: Promotion) -> list[tuple[str, dict[str, Any]]]:
    rows = Entry.objects.filter(business_id=world.business.pk, subject=f"promotion:{promotion.uuid}").order_by("position")
    return [(entry.action, json.loads(entry.data)) for entry in rows]


def test_a_promotion_is_planned_once_changed_and_put_away(world: World, office: Client) -> None:
    for _ in range(2):
        assert office.post(f"{PAGE}new/", filled(world, "ESP", "CEV")).status_code == 302
    promotion = Promotion.everywhere.get()
    assert (promotion.percent, promotion.starts, promotion.ends) == (Decimal("12.5"), "2026-11-20T08:00", "2026-11-30T23:59")
    assert office.post(f"{PAGE}new/", filled(world, name="Something else")).status_code == 409
    edit = f"{PAGE}{promotion.uuid}/edit/"
    assert office.post(edit, filled(world, "CEV", version="1", percent="20")).status_code == 302
    assert office.post(edit, filled(world, "CEV", version="1", percent="30")).status_code == 409
    office.post(f"{PAGE}{promotion.uuid}/archive/")
    office.post(f"{PAGE}{promotion.uuid}/restore/")
    assert [action for action, _data in log(world, promotion)] == [
        "promotion.created", "promotion.changed", "promotion.archived", "promotion.restored",
    ]  # fmt: skip
    assert log(world, promotion)[1][1]["changes"] == {
        "percent": ["12.5", "20"], "products": ["Ćevapi veliki, Espresso", "Ćevapi veliki"],
    }  # fmt: skip
    page = office.get(f"{PAGE}{promotion.uuid}/").content.decode()
    assert "12.5 → 20" in page


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"end_day": "2026-11-19"}, "end_day"),
        ({"end_day": "2026-11-20", "end_time": "08:00"}, "end_day"),
        ({"percent": "0"}, "percent"),
        ({"percent": "100.01"}, "percent"),
        ({"percent": "-5"}, "percent"),
        ({"products": []}, "products"),
        ({"products": ["01934b7e-0000-7000-8000-0000000000ff"]}, "products"),
        ({"scope": "chosen"}, "stores"),
        ({"name": "  "}, "name"),
    ],
)
def test_what_cannot_be_is_refused_beside_its_field(world: World, office: Client, wrong: dict[str, Any], field: str) -> None:
    answer = office.post(f"{PAGE}new/", filled(world, **wrong))
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, [field])
    assert not Promotion.everywhere.exists()


def test_a_product_of_another_business_cannot_be_promoted(world: World, other_world: World, office: Client) -> None:
    answer = office.post(f"{PAGE}new/", filled(world, products=[str(other_world.products["ESP"].uuid)]))
    assert answer.status_code == 422


def test_products_are_looked_for_without_losing_what_was_typed(world: World, office: Client) -> None:
    page = office.post(f"{PAGE}new/?find", filled(world, "ESP", q="cevapi", name="Half typed", percent="x")).content.decode()
    assert 'value="Half typed"' in page
    assert f'value="{world.products["CEV"].uuid}"><span>Ćevapi veliki' in page
    assert f'value="{world.products["ESP"].uuid}" checked' in page
    assert not Promotion.everywhere.exists()


def test_the_list_finds_by_words_and_state(world: World, office: Client) -> None:
    plan(world, "10", name="Running one")
    plan(world, "20", name="Planned one", starts=wall(days=2), ends=wall(days=3))
    plan(world, "30", name="Past one", starts=wall(days=-3), ends=wall(days=-2))
    gone = plan(world, "40", name="Archived one")
    with acting(business_id=world.business.pk, actor_id=world.owner.pk):
        set_archived(gone, archived=True, by=world.owner, at=datetime.now(UTC))

    def named(query: str) -> list[str]:
        page = office.get(f"{PAGE}?{query}").content.decode()
        return [word for word in ("Running", "Planned", "Past", "Archived") if f"{word} one" in page]

    for state, word in (("running", "Running"), ("planned", "Planned"), ("over", "Past"), ("archived", "Archived")):
        assert named(f"state={state}") == [word]
    assert named("q=past") == ["Past"]
    assert named("sort=percent") == ["Running", "Planned", "Past", "Archived"]


def test_a_manager_of_one_store_plans_for_that_store_alone(world: World, second: Store) -> None:
    manager = staff(world, "Mirza", Role.MANAGER, pin="7777", store=world.store, email="mirza@a.example")
    here, there = plan(world, "10", stores=[world.store]), plan(world, "20", name="Elsewhere", stores=[second])
    both = plan(world, "30", name="Both", stores=[world.store, second])
    client = client_of(manager)
    page = client.get(PAGE).content.decode()
    assert "Minus 10" in page
    assert "Elsewhere" not in page
    assert client.get(f"{PAGE}{there.uuid}/").status_code == 404
    assert client.get(f"{PAGE}{both.uuid}/").status_code == 200
    for act in ("edit", "archive"):
        assert client.post(f"{PAGE}{there.uuid}/{act}/").status_code == 404
        assert client.post(f"{PAGE}{both.uuid}/{act}/", filled(world)).status_code in {403, 404}
    assert client.post(f"{PAGE}{here.uuid}/archive/").status_code == 302
    assert client.post(f"{PAGE}new/", filled(world)).status_code == 422
    assert client.post(f"{PAGE}new/", filled(world, scope="chosen", stores=[str(second.uuid)])).status_code == 422
    assert client.post(f"{PAGE}new/", filled(world, scope="chosen", stores=[str(world.store.uuid)])).status_code == 302


def test_who_may_only_look_sees_no_way_to_change(world: World, office: Client) -> None:
    manager = staff(world, "Mirza", Role.MANAGER, pin="7777", store=world.store, email="mirza@a.example")
    promotion = plan(world, "10", stores=[world.store])
    with acting(business_id=world.business.pk, actor_id=world.owner.pk):
        set_rights({("manager", "promotion.manage"): False}, by=world.owner, at=AT)
    client = client_of(manager)
    assert "/edit/" not in client.get(f"{PAGE}{promotion.uuid}/").content.decode()
    assert client.get(f"{PAGE}{promotion.uuid}/edit/").status_code == 403


@pytest.mark.feature("ANL-27")
def test_its_page_says_what_it_did_to_the_sales_of_its_products(world: World, office: Client) -> None:
    """Two sold on it and one given back, against two sold in the same time before at the list price."""
    till = world.till()
    till.open_shift()
    till.post(sold(till, None, None))
    promotion = plan(world, "25", starts=wall(minutes=0), ends=wall(hours=4))
    till.load()
    now = datetime.now(UTC)
    [answer] = till.post(sold(till, "25", promotion))
    assert answer["marks"] == []
    with acting(business_id=world.business.pk):
        Promotion.objects.filter(pk=promotion.pk).update(starts=wall(minutes=-10).strftime("%Y-%m-%dT%H:%M"))
        promotion.refresh_from_db()
        # Everything so far happened during it.
        [effect] = selector.effects(promotion, [world.store], now + timedelta(minutes=1))
        assert (effect.during.units, effect.during.revenue) == (Decimal(4), Decimal(7))
        assert (effect.promoted.units, effect.promoted.revenue, effect.off) == (Decimal(2), Decimal(3), Decimal(1))
        assert effect.change is None
        # Had it begun later, the first would have been before.
        Promotion.objects.filter(pk=promotion.pk).update(starts=wall(minutes=2).strftime("%Y-%m-%dT%H:%M"))
        promotion.refresh_from_db()
        [later] = selector.effects(promotion, [world.store], now + timedelta(minutes=40))
        assert (later.before.units, later.before.revenue, later.promoted.units) == (Decimal(4), Decimal(7), Decimal(2))
    page = office.get(f"{PAGE}{promotion.uuid}/").content.decode()
    assert page.count("Promotion planned") == 1


def test_its_page_costs_the_same_whatever_was_sold(world: World, office: Client) -> None:
    till = world.till()
    till.open_shift()
    promotion = plan(world, "25", "ESP", "CEV")
    till.load()

    def more() -> None:
        for sku in ("ESP", "CEV", "ESP"):
            till.post(sold(till, "25", promotion, sku=sku))

    more()
    assert_constant_queries(lambda: office.get(f"{PAGE}{promotion.uuid}/"), more, most=18)
    assert_constant_queries(lambda: office.get(PAGE), lambda: plan(world, "5", "ODD"), most=12)


def put(world: World, sku: str, quantity: int, *, days: int = 60) -> None:
    at = datetime.now(UTC) - timedelta(days=days)
    variant = world.variant(sku)
    with acting(business_id=world.business.pk, actor_id=world.owner.pk):
        goods = [MovedGoods(variant.pk, quantity * 1000)]
        move_stock(
            goods,
            business_id=world.business.pk,
            store_id=world.store.pk,
            kind="receive",
            source_kind="test",
            source_id=uuid7(),
            at=at,
        )


def test_auto_select_takes_what_lies_and_does_not_sell(world: World, office: Client) -> None:
    """Espresso sold well, the ćevapi not at all; the odd one came yesterday; two of a category are enough."""
    put(world, "ESP", 10)
    put(world, "CEV", 10)
    put(world, "ODD", 10, days=1)
    till = world.till()
    till.open_shift()
    till.post(sold(till, None, None))
    with acting(business_id=world.business.pk):
        stores, now = [world.store], datetime.now(UTC)
        span = {"starts": "2026-11-01T00:00", "ends": "2099-01-01T00:00"}
        assert [p.name for p in slow_sellers(stores, at=now, **span)] == ["Ćevapi veliki", "Espresso"]
    plan(world, "10", "CEV")
    with acting(business_id=world.business.pk):
        assert [p.name for p in slow_sellers(stores, at=now, **span)] == ["Espresso"]
        assert StockLevel.objects.count() == 3
        assert Product.objects.count() == 3
    page = office.post(f"{PAGE}new/?auto", filled(world, products=[])).content.decode()
    assert f'value="{world.products["ESP"].uuid}" checked' in page
    assert "1 product was chosen for you" in page


def test_a_till_hears_with_its_sign_of_life_what_is_sold_out(world: World) -> None:
    till = world.till()
    till.open_shift()
    beat = {"build": "", "waiting": 0, "last_seq": 0}
    put(world, "ESP", 2)
    assert "out" not in till.send("POST", "/pos/heartbeat", beat)[1]
    promotion = plan(world, "10", "ESP", "CEV")
    till.load()
    assert "out" not in till.send("POST", "/pos/heartbeat", beat)[1]
    till.post(sold(till, "10", promotion))
    till.post(sold(till, "10", promotion, sku="CEV"))
    # The ćevapi were never put in stock: nobody counts them.
    assert till.send("POST", "/pos/heartbeat", beat)[1]["out"] == [str(world.variant("ESP").uuid)]
