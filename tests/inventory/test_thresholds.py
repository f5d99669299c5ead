"""From which stock an item is low: its store's figure, the product's, the business's default."""

from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest
from django.test import Client

from inventory.models import Product, StockLevel
from inventory.selectors.stock import running_low
from inventory.services.thresholds import HIGH, LOW, default_thresholds
from inventory.types import StoreInput
from smartpos.access.services.settings import set_values
from smartpos.context import acting
from smartpos.errors import DomainError
from tests.inventory.test_pages import filled
from tests.inventory.test_products import VariantInput, made, of, saved
from tests.world import World

pytestmark = [pytest.mark.django_db, pytest.mark.database]


def low(world: World) -> dict[str, Decimal]:
    return {found.name: found.minimum for found in running_low([world.store], most=10)}


@pytest.mark.feature("SET-18")
def test_the_nearest_figure_decides(world: World, by: dict[str, Any]) -> None:
    product = made(world, by, VariantInput())
    variant = of(product)
    StockLevel.objects.create(business_id=world.business.pk, store=world.store, variant=variant, quantity=2)
    assert low(world) == {}
    set_values({LOW: Decimal(5)}, **by)
    assert low(world) == {"Coffee": Decimal(5)}
    product.min_stock = Decimal(3)
    product.save()
    assert low(world) == {"Coffee": Decimal(3)}
    saved(product, by, VariantInput(uuid=variant.uuid, stores=(StoreInput(store=world.store, min_stock=Decimal(1)),)))
    assert low(world) == {}


@pytest.mark.feature("PRD-11", "SET-18")
def test_minimum_and_maximum_stand_in_the_form_and_their_defaults_in_the_settings(
    office: Client, world: World, by: dict[str, Any]
) -> None:  # fmt: skip
    page = "/backoffice/settings/inventory/"
    assert "Maximum stock" in office.get(page).content.decode()
    with acting(business_id=world.business.pk, actor_id=world.owner.pk):
        with pytest.raises(DomainError):
            set_values({LOW: Decimal(10), HIGH: Decimal(9)}, **by)
        set_values({LOW: Decimal(4), HIGH: Decimal(40)}, **by)
        assert (default_thresholds().low, default_thresholds().high) == (Decimal(4), Decimal(40))
    text = office.get("/backoffice/products/new/").content.decode()
    assert "minimum 4" in " ".join(text.split())
    form = filled(world, min_stock="2.5", max_stock="30")
    assert office.post("/backoffice/products/new/", form).status_code == 302
    with acting(business_id=world.business.pk):
        product = Product.objects.get(uuid=UUID(form["uuid"]))
    assert (product.min_stock, product.max_stock) == (Decimal("2.5"), Decimal(30))
    other = form["uuid"][:-1] + "d"
    assert office.post("/backoffice/products/new/", {**form, "uuid": other, "min_stock": "31"}).status_code == 422
