"""Products: one save for all of it, codes once, prices that follow, history that stays."""

from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest

from inventory.models import Barcode, PriceChange, Product, StoreItem, Variant
from inventory.services.products import (
    archive_product,
    create_product,
    delete_product,
    duplicate_product,
    restore_product,
    update_product,
)
from inventory.types import ProductDetails, StoreInput, VariantInput
from smartpos.audit.models import Entry
from smartpos.context import acting
from smartpos.errors import Conflict, DomainError
from smartpos.operations.models import Change
from smartpos.people.services.places import create_store
from tests.world import World

pytestmark = [pytest.mark.django_db, pytest.mark.database]
UUID_1 = UUID("01934b7e-0000-7000-8000-000000000001")


def made(world: World, by: dict[str, Any], *variants: VariantInput, name: str = "Coffee", **more: Any) -> Product:
    given = {"category": None, "tax_profile": world.standard, "price": Decimal("2.5"), **by, **more}
    return create_product(name=name, variants=variants or [VariantInput()], **given)


def saved(product: Product, by: dict[str, Any], *variants: VariantInput, **more: Any) -> Product:
    given = {"name": product.name, "category": product.category, "tax_profile": product.tax_profile, "price": product.price}
    return update_product(product, variants=variants, **{**given, **by, **more})


def of(product: Product, name: str = "") -> Variant:
    return Variant.objects.select_related("product").get(product=product, name=name)


def test_a_variant_without_a_price_follows_the_product(world: World, by: dict[str, Any]) -> None:
    product = made(world, by, VariantInput(name="S"), VariantInput(name="L", price=Decimal("3.5")))
    assert [of(product, name).list_price for name in "SL"] == [Decimal("2.5"), Decimal("3.5")]
    small, large = of(product, "S"), of(product, "L")
    saved(
        product, by, VariantInput(uuid=small.uuid, name="S"), VariantInput(uuid=large.uuid, name="L", price=Decimal("3.5")),
        price=Decimal(3),
    )  # fmt: skip
    assert [of(product, name).list_price for name in "SL"] == [Decimal(3), Decimal("3.5")]


def test_two_variants_of_the_same_name_are_refused(world: World, by: dict[str, Any]) -> None:
    with pytest.raises(DomainError) as refused:
        made(world, by, VariantInput(name="Large"), VariantInput(name="lARGE "))
    assert refused.value.field == "variants-1-name"


@pytest.mark.feature("PRD-03")
def test_a_clash_of_codes_names_the_product_that_has_them_and_empty_ones_never_clash(world: World, by: dict[str, Any]) -> None:
    made(world, by, VariantInput(name="S", sku="C1", barcodes=("4006381333931", "036000291452")), VariantInput(name="L"))
    made(world, by, VariantInput(), name="Without codes")
    for wrong in (VariantInput(sku="C1"), VariantInput(barcode="036000291452"), VariantInput(barcodes=("1", "4006381333931"))):
        with pytest.raises(DomainError) as refused:
            made(world, by, wrong, name="Tea")
        assert "Coffee S" in refused.value.message
    assert made(world, by, VariantInput(sku="c1"), name="Case counts").pk
    with pytest.raises(DomainError):
        made(world, by, VariantInput(name="a", barcode="77"), VariantInput(name="b", barcode="77"), name="Twice in one")


def test_codes_move_between_variants_of_a_product_in_one_save(world: World, by: dict[str, Any]) -> None:
    product = made(world, by, VariantInput(name="a", sku="1", barcode="x"), VariantInput(name="b", sku="2", barcode="y"))
    a, b = of(product, "a"), of(product, "b")
    saved(
        product, by, VariantInput(uuid=a.uuid, name="a", sku="2", barcode="y"),
        VariantInput(uuid=b.uuid, name="b", sku="1", barcode="x"),
    )  # fmt: skip
    assert {v.name: (v.sku, v.barcodes.get().code) for v in Variant.objects.filter(product=product)} == {
        "a": ("2", "y"),
        "b": ("1", "x"),
    }


def test_a_removed_variant_is_archived_and_gives_its_codes_back(world: World, by: dict[str, Any], row_of: Any) -> None:
    product = made(world, by, VariantInput(name="a", sku="1", barcode="x"), VariantInput(name="b", sku="2", barcode="y"))
    a, b = of(product, "a"), of(product, "b")
    saved(product, by, VariantInput(uuid=a.uuid, name="a", sku="1", barcode="x"))
    b.refresh_from_db()
    assert not b.active
    assert row_of(str(b.uuid)) is None
    assert made(world, by, VariantInput(sku="2", barcode="y"), name="New").pk


def test_the_same_client_made_id_makes_one_product(world: World, by: dict[str, Any]) -> None:
    assert made(world, by, uuid=UUID_1).pk == made(world, by, uuid=UUID_1).pk
    assert Product.objects.filter(name="Coffee").count() == 1


def test_a_form_opened_before_somebody_saved_is_told(world: World, by: dict[str, Any]) -> None:
    product = made(world, by)
    opened = product.version
    variant = of(product)
    saved(product, by, VariantInput(uuid=variant.uuid), version=opened, name="First")
    with pytest.raises(Conflict):
        saved(product, by, VariantInput(uuid=variant.uuid), version=opened, name="Second")
    product.refresh_from_db()
    assert product.name == "First"


@pytest.mark.parametrize(
    ("field", "given"),
    [
        ("name", {"name": "  "}),
        ("name", {"name": "x" * 121}),
        ("price", {"price": Decimal("-0.01")}),
        ("max_stock", {"details": ProductDetails(min_stock=Decimal(5), max_stock=Decimal(4))}),
        ("description", {"details": ProductDetails(description="x" * 2001)}),
    ],
)
def test_wrong_input_is_refused_beside_its_field(world: World, by: dict[str, Any], field: str, given: dict[str, Any]) -> None:
    before = Product.objects.count()
    with pytest.raises(DomainError) as refused:
        made(world, by, **given)
    assert refused.value.field == field
    assert Product.objects.count() == before


def test_prices_and_costs_are_kept_for_ever(world: World, by: dict[str, Any]) -> None:
    product = made(world, by, VariantInput(cost=Decimal(1)))
    variant = of(product)
    saved(product, by, VariantInput(uuid=variant.uuid, cost=Decimal("1.2")), price=Decimal(3))
    saved(product, by, VariantInput(uuid=variant.uuid, cost=Decimal("1.2")), name="Renamed", price=Decimal(3))
    steps = PriceChange.objects.filter(product_id=product.pk).order_by("pk").values_list("kind", "before", "after", "actor_id")
    me = world.owner.pk
    assert list(steps) == [
        ("cost", None, Decimal(1), me), ("price", None, Decimal("2.5"), me),
        ("cost", Decimal(1), Decimal("1.2"), me), ("price", Decimal("2.5"), Decimal(3), me),
    ]  # fmt: skip
    entry = Entry.objects.filter(subject=f"product:{product.uuid}").order_by("-pk")[1]
    assert '"price":["2.5","3"]' in entry.data
    assert '"1: cost":["1","1.2"]' in entry.data


def test_one_save_is_one_word_to_the_tills(world: World, by: dict[str, Any]) -> None:
    product = made(world, by, VariantInput(name="a"), VariantInput(name="b"))
    cursor = Change.objects.order_by("-cursor").values_list("cursor", flat=True)[0]
    a, b = of(product, "a"), of(product, "b")
    saved(product, by, VariantInput(uuid=a.uuid, name="a"), VariantInput(uuid=b.uuid, name="b"), price=Decimal(9))
    assert Change.objects.filter(cursor__gt=cursor).count() == 2


@pytest.mark.feature("PRD-04")
def test_what_was_sold_is_archived_and_what_never_was_may_go(world: World, by: dict[str, Any], row_of: Any) -> None:
    sold, fresh = world.products["ESP"], made(world, by, VariantInput(sku="NEW", barcode="123"))
    till = world.till()
    till.open_shift()
    [answer] = till.post(till.sale([(till.item("ESP"), "1")]))
    assert answer["state"] == "done"
    with acting(business_id=world.business.pk, actor_id=world.owner.pk):
        _archived_and_deleted(world, by, sold, fresh, row_of)
    _status, found = till.send("GET", f"/pos/receipts?number={answer['result']['label']}", None)
    assert found["receipts"][0]["lines"][0]["name"] == "Espresso"


def _archived_and_deleted(world: World, by: dict[str, Any], sold: Product, fresh: Product, row_of: Any) -> None:
    with pytest.raises(DomainError):
        delete_product(sold, **by)
    archive_product(sold, **by)
    key = str(world.variant("ESP").uuid)
    assert row_of(key) is None
    restore_product(sold, **by)
    assert row_of(key)[1] == "Espresso"
    gone = str(of(fresh).uuid)
    delete_product(fresh, **by)
    assert row_of(gone) is None
    assert not Barcode.objects.filter(code="123").exists()
    acts = Entry.objects.filter(action__startswith="product.").values_list("action", flat=True)
    assert {"product.created", "product.archived", "product.restored", "product.deleted"} <= set(acts)


def test_a_copy_has_everything_but_the_codes(world: World, by: dict[str, Any]) -> None:
    product = made(world, by, VariantInput(name="a", sku="1", barcode="x", cost=Decimal(1)), VariantInput(name="b"))
    copy = duplicate_product(product, **by)
    assert copy.name == "Coffee (copy)"
    assert [(v.name, v.sku, v.cost) for v in copy.variants.order_by("position")] == [("a", None, Decimal(1)), ("b", None, None)]


@pytest.mark.feature("PRD-18")
def test_a_store_has_its_own_price_or_hides_an_item_and_the_other_store_does_not(world: World, by: dict[str, Any]) -> None:
    from smartpos.operations.snapshot import snapshot

    second = create_store(name="Second", code="A2", currency="BAM", time_zone="Europe/Sarajevo", **by)
    product = made(world, by)
    variant = of(product)
    key = str(variant.uuid)

    def prices() -> list[str | None]:
        import msgspec

        found = []
        for store in (world.store, second):
            rows = dict(snapshot(store, None).rows["item"])
            found.append(msgspec.json.decode(rows[key])[5] if key in rows else None)
        return found

    assert prices() == ["2.5", "2.5"]
    saved(product, by, VariantInput(uuid=variant.uuid, stores=(StoreInput(store=second, price=Decimal("1.9")),)))
    assert prices() == ["2.5", "1.9"]
    saved(product, by, VariantInput(uuid=variant.uuid), price=Decimal(3))
    assert prices() == ["3", "1.9"], "a later general change leaves the store's price"
    saved(product, by, VariantInput(uuid=variant.uuid, stores=(StoreInput(store=second, hidden=True),)))
    assert prices() == ["2.5", None]
    saved(product, by, VariantInput(uuid=variant.uuid, stores=(StoreInput(store=second),)))
    assert prices() == ["2.5", "2.5"]
    assert not StoreItem.objects.filter(variant=variant).exists()


def test_a_sale_at_the_stores_own_price_is_booked_without_a_mark(world: World, by: dict[str, Any]) -> None:
    variant = world.variant("ESP")
    own = StoreInput(store=world.store, price=Decimal("1.75"))
    saved(world.products["ESP"], by, VariantInput(uuid=variant.uuid, sku="ESP", stores=(own,)))
    till = world.till()
    till.open_shift()
    [answer] = till.post(till.sale([(till.item("ESP"), "2")]))
    assert (answer["state"], answer["marks"]) == ("done", [])
