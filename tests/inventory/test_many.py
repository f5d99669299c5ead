"""Many products at once: exact, seen before, taken back."""

from decimal import Decimal
from typing import Any

import pytest
from django.test import Client

from inventory.models import BulkChange, PriceChange, Product, StoreItem, Variant
from inventory.services.many import (
    PriceRule,
    change_availability,
    change_category,
    change_prices,
    price_steps,
    undo,
)
from inventory.services.products import create_product, update_product
from inventory.types import StoreInput, VariantInput
from smartpos.context import acting
from smartpos.errors import Conflict, DomainError
from tests.world import World

pytestmark = [pytest.mark.django_db, pytest.mark.database]


def sizes(world: World, by: dict[str, Any]) -> Product:
    return create_product(
        name="Sizes", category=None, tax_profile=world.standard, price=Decimal("1.11"),
        variants=[VariantInput(name="S"), VariantInput(name="L", price=Decimal("3.33"))], **by,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("rule", "after"),
    [
        (PriceRule(kind="percent", value=Decimal(10)), ["1.22", "3.66"]),
        (PriceRule(kind="percent", value=Decimal("-12.5")), ["0.97", "2.91"]),
        (PriceRule(kind="percent", value=Decimal(10), step=Decimal("0.05")), ["1.20", "3.65"]),
        (PriceRule(kind="amount", value=Decimal(-2)), ["0", "1.33"]),
        (PriceRule(kind="amount", value=Decimal("0.10"), step=Decimal("0.5")), ["1.0", "3.5"]),
        (PriceRule(kind="set", value=Decimal("5.005")), ["5.01", "5.01"]),
    ],
)
def test_a_rule_is_rounded_once_half_up_to_its_step(
    world: World, by: dict[str, Any], rule: PriceRule, after: list[str]
) -> None:  # fmt: skip
    steps = price_steps([sizes(world, by)], rule)
    assert [step.after for step in steps] == [Decimal(text) for text in after]


def test_prices_change_with_history_and_come_back(world: World, by: dict[str, Any], row_of: Any) -> None:
    product = sizes(world, by)
    change = change_prices([product, world.products["ESP"]], PriceRule(kind="percent", value=Decimal(10)), **by)
    large = Variant.objects.get(product=product, name="L")
    assert row_of(str(large.uuid))[5] == "3.66"
    assert row_of(str(world.variant("ESP").uuid))[5] == "2.2"
    assert PriceChange.objects.filter(product_id=product.pk, before=Decimal("3.33"), after=Decimal("3.66")).count() == 1
    assert undo(change, **by) == 0
    assert row_of(str(large.uuid))[5] == "3.33"
    assert row_of(str(world.variant("ESP").uuid))[5] == "2"
    with pytest.raises(Conflict):
        undo(change, **by)


def test_what_somebody_changed_since_stays(world: World, by: dict[str, Any]) -> None:
    espresso = world.products["ESP"]
    change = change_prices([espresso, world.products["CEV"]], PriceRule(kind="set", value=Decimal(4)), **by)
    variant = world.variant("ESP")
    update_product(
        espresso, name="Espresso", category=None, tax_profile=world.standard, price=Decimal("4.5"),
        variants=[VariantInput(uuid=variant.uuid, sku="ESP")], **by,
    )  # fmt: skip
    assert undo(change, **by) == 1
    assert {p.name: p.price for p in Product.objects.filter(name__in=["Espresso", "Ćevapi veliki"])} == {
        "Espresso": Decimal("4.5"),
        "Ćevapi veliki": Decimal(9),
    }


def test_categories_and_stores_change_and_come_back(world: World, by: dict[str, Any], row_of: Any) -> None:
    products = [world.products["ESP"], world.products["CEV"]]
    drinks = products[0].category
    back = change_category(products, None, **by)
    assert Product.objects.filter(category=drinks).count() == 1
    undo(back, **by)
    assert Product.objects.filter(category=drinks).count() == 3
    variant = world.variant("CEV")
    update_product(
        products[1], name="Ć", category=None, tax_profile=world.standard, price=Decimal(9),
        variants=[VariantInput(uuid=variant.uuid, sku="CEV", stores=(StoreInput(store=world.store, price=Decimal(8)),))], **by,
    )  # fmt: skip
    hide = change_availability(products, world.store, sold=False, **by)
    assert row_of(str(variant.uuid)) is None
    undo(hide, **by)
    assert row_of(str(variant.uuid))[5] == "8"
    assert StoreItem.objects.count() == 1


def test_a_price_beyond_all_measure_changes_nothing(world: World, by: dict[str, Any]) -> None:
    with pytest.raises(DomainError):
        change_prices([world.products["ESP"]], PriceRule(kind="set", value=Decimal(100_000_000)), **by)
    assert not BulkChange.objects.exists()


def test_the_pages_ask_show_do_and_take_back(office: Client, world: World) -> None:
    keys = [str(world.products[sku].uuid) for sku in ("ESP", "CEV")]
    asked = office.post("/backoffice/products/many/", {"act": "price", "row": keys})
    assert asked.status_code == 200
    given = {"act": "price", "product": keys, "said": "1", "kind": "percent", "value": "10", "step": "0.01"}
    seen = office.post("/backoffice/products/many/", given).content.decode()
    assert "2.20" in seen
    assert "9.90" in seen
    with acting(business_id=world.business.pk):
        assert not BulkChange.objects.exists()
    wrong = office.post("/backoffice/products/many/", {**given, "value": "-101", "confirmed": "1"})
    assert wrong.status_code == 422
    assert office.post("/backoffice/products/many/", {**given, "confirmed": "1"}).status_code == 302
    with acting(business_id=world.business.pk):
        change = BulkChange.objects.get()
        assert Product.objects.get(name="Espresso").price == Decimal("2.2")
    assert office.post(f"/backoffice/products/many/{change.uuid}/undo/").status_code == 302
    with acting(business_id=world.business.pk):
        assert Product.objects.get(name="Espresso").price == Decimal(2)


def test_another_tenants_products_are_not_touched(office: Client, world: World, other_world: World) -> None:
    theirs = other_world.products["ESP"]
    given = {
        "act": "price",
        "product": [str(theirs.uuid)],
        "said": "1",
        "confirmed": "1",
        "kind": "set",
        "value": "1",
        "step": "1",
    }
    assert office.post("/backoffice/products/many/", given).status_code == 302
    with acting(business_id=other_world.business.pk):
        assert Product.objects.get(pk=theirs.pk).price == Decimal(2)
        assert not BulkChange.objects.exists()
