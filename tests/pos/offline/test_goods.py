"""What a till caches of an item: everything in its place, store by store, and gone when it is not sold."""

from decimal import Decimal

import pytest

from inventory.models import Variant
from inventory.services.modifiers import GroupInput, ModifierInput, create_group
from inventory.services.products import archive_product, create_product
from inventory.types import ProductDetails, StoreInput, VariantInput
from pos.offline.goods import item_states
from smartpos.context import acting
from smartpos.people.services.places import create_store
from tests.world import AT, World

pytestmark = [pytest.mark.django_db, pytest.mark.database]


def test_an_items_row_has_everything_in_its_place_and_a_row_for_each_store_that_differs(world: World) -> None:
    with acting(business_id=world.business.pk, actor_id=world.owner.pk):
        second = create_store(by=world.owner, name="Second", code="S2", currency="BAM", time_zone="Europe/Sarajevo", at=AT)
        group = create_group(GroupInput(name="Sauce", answers=[ModifierInput(name="Hot")]), by=world.owner, at=AT)
        own = (StoreInput(store=world.store, price=Decimal("8.5")), StoreInput(store=second, hidden=True))
        product = create_product(
            by=world.owner, name="Pizza", category=world.products["ESP"].category, tax_profile=world.standard, at=AT,
            price=Decimal("10.00"), groups=[group], details=ProductDetails(favourite=True),
            variants=[
                VariantInput(name="Small", sku="P-S", barcode="1", barcodes=("2", "3"), stores=own),
                VariantInput(name="Large", price=Decimal("14.25"), tracked=False),
            ],
        )  # fmt: skip
        small, large = Variant.objects.filter(product=product).order_by("position")
        states = item_states([small, large])
        unit, category = product.unit, product.category
    body = [
        str(product.uuid), "Pizza", "Small", "P-S", "1", "10", str(world.standard.uuid), str(category.uuid), unit.word, True, 0,
        str(unit.uuid), ["2", "3"], "", [str(group.uuid)], True,
    ]  # fmt: skip
    assert [(s.key, s.store_id) for s in states] == [
        (str(small.uuid), None), (str(small.uuid), world.store.pk), (str(small.uuid), second.pk), (str(large.uuid), None),
    ]  # fmt: skip
    assert states[0].body == body
    assert states[1].body == [*body[:5], "8.5", *body[6:]]
    assert states[2].body is None
    assert states[3].body[2:6] == ["Large", "", "", "14.25"]
    assert states[3].body[9:11] == [False, 1]


def test_what_is_archived_or_gone_is_told_once(world: World) -> None:
    with acting(business_id=world.business.pk, actor_id=world.owner.pk):
        variant = world.variant("ESP")
        archive_product(world.products["ESP"], by=world.owner, at=AT)
        ghost = Variant(pk=999_999, product=variant.product)
        assert [state.body for state in item_states([variant, ghost])] == [None, None]
