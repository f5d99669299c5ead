"""Categories, units, modifier groups: what may be, and what tills hear of it."""

from decimal import Decimal
from typing import Any

import pytest

from inventory.models import Category, Product, Unit
from inventory.services.categories import arrange, create_category, delete_category, update_category
from inventory.services.modifiers import GroupInput, ModifierInput, create_group, set_group_active, update_group
from inventory.services.products import create_product, update_product
from inventory.services.units import UnitInput, create_unit, delete_unit, update_unit
from inventory.types import VariantInput
from smartpos.context import acting
from smartpos.errors import Conflict, DomainError
from tests.world import World

pytestmark = [pytest.mark.django_db, pytest.mark.database]
Given = dict[str, Any]


def category(by: Given, name: str, parent: Category | None = None, colour: str = "red") -> Category:
    return create_category(name=name, colour=colour, parent=parent, **by)


def test_a_name_stands_once_under_a_parent(world: World, by: Given) -> None:
    food = category(by, "Food")
    category(by, "Hot", food)
    category(by, "Hot", category(by, "Other"))
    for name, parent in (("food", None), (" HOT ", food), ("Höt", food)):
        if name == "Höt":
            with pytest.raises(DomainError):
                category(by, name, parent)
            continue
        with pytest.raises(DomainError) as refused:
            category(by, name, parent)
        assert refused.value.field == "name"


@pytest.mark.feature("CAT-04")
def test_a_category_is_never_its_own_ancestor(world: World, by: Given) -> None:
    top = category(by, "Top")
    middle = category(by, "Middle", top)
    low = category(by, "Low", middle)
    for above in (top, middle, low):
        with pytest.raises(DomainError) as refused:
            update_category(top, name="Top", colour="red", position=1, parent=above, **by)
        assert refused.value.field == "parent"
    with pytest.raises(DomainError):
        arrange(low, [top], **by)


def test_arranging_sets_parent_and_order_and_tells_tills(world: World, by: Given, row_of: Any) -> None:
    a, b, c = (category(by, name) for name in "ABC")
    arrange(None, [c, a], **by)
    assert [row_of(str(x.uuid), "category")[2] for x in (c, a)] == [1, 2]
    arrange(a, [b], **by)
    assert row_of(str(b.uuid), "category") == ["B", "red", 1, str(a.uuid)]


@pytest.mark.feature("CAT-06")
def test_deleting_asks_where_products_go_and_never_deletes_them(world: World, by: Given, row_of: Any) -> None:
    drinks = world.products["ESP"].category
    below, target = category(by, "Below", drinks), category(by, "Target")
    count = Product.objects.filter(category=drinks).count()
    assert delete_category(drinks, to=target, **by) == count
    assert Product.objects.filter(category=target).count() == count
    below.refresh_from_db()
    assert below.parent is None
    assert row_of(str(drinks.uuid), "category") is None
    assert row_of(str(world.variant("ESP").uuid))[7] == str(target.uuid)
    delete_category(target, to=None, **by)
    assert Product.objects.filter(category=None).count() == count


def test_subcategories_do_not_move_up_beside_one_of_their_name(world: World, by: Given) -> None:
    top = category(by, "Top")
    category(by, "Twin", top)
    category(by, "Twin")
    with pytest.raises(DomainError):
        delete_category(top, to=None, **by)
    assert Category.objects.filter(name="Top").exists()


@pytest.mark.parametrize(
    ("field", "given"),
    [
        ("name", {"name": ""}),
        ("name", {"name": "PIECE"}),
        ("abbreviation", {"abbreviation": "kg"}),
        ("abbreviation", {"abbreviation": "123456789"}),
        ("decimals", {"decimals": 4}),
        ("base", {"factor": Decimal(2)}),
    ],
)
def test_a_wrong_unit_is_refused_beside_its_field(world: World, by: Given, field: str, given: Given) -> None:
    with pytest.raises(DomainError) as refused:
        create_unit(UnitInput(**{"name": "carton", "abbreviation": "ct", **given}), **by)
    assert refused.value.field == field


def test_a_unit_may_hold_another_and_never_itself(world: World, by: Given) -> None:
    piece = Unit.objects.get(name="piece")
    carton = create_unit(UnitInput(name="carton", abbreviation="ct", base=piece, factor=Decimal(12)), **by)
    pallet = create_unit(UnitInput(name="pallet", abbreviation="pal", base=carton, factor=Decimal(40)), **by)
    with pytest.raises(DomainError) as refused:
        update_unit(piece, UnitInput(name="piece", abbreviation="pc", abbreviated=False, base=pallet, factor=Decimal(1)), **by)
    assert refused.value.field == "base"
    with pytest.raises(DomainError):
        delete_unit(carton, **by)
    delete_unit(pallet, **by)
    delete_unit(carton, **by)


@pytest.mark.feature("PRD-07")
def test_a_unit_is_offered_decides_about_fractions_and_cannot_go_while_used(
    office: Any, world: World, by: Given, row_of: Any
) -> None:
    gram = create_unit(UnitInput(name="gram", abbreviation="g", decimals=1), **by)
    create_product(
        name="Tea",
        category=None,
        tax_profile=world.standard,
        price=Decimal(1),
        unit=gram,
        variants=[VariantInput(sku="TEA")],
        **by,
    )
    key = str(world.variant("TEA").uuid)
    assert (row_of(key)[8], row_of(key)[11]) == ("g", str(gram.uuid))
    assert row_of(str(gram.uuid), "unit") == ["g", 1, "gram"]
    with pytest.raises(DomainError) as refused:
        delete_unit(gram, **by)
    assert "Tea" in refused.value.message
    assert ">gram<" in office.get("/backoffice/products/new/").content.decode()
    till = world.till()
    till.open_shift()
    marks = [till.post(till.sale([(key, quantity)]))[0]["marks"] for quantity in ("2.5", "2.55")]
    assert [[mark["code"] for mark in found] for found in marks] == [[], ["quantity_differs"]]


def group(by: Given, name: str, *answers: ModifierInput, **more: Any) -> Any:
    return create_group(GroupInput(name=name, answers=answers or [ModifierInput(name="a")], **more), **by)


@pytest.mark.parametrize(
    ("field", "given"),
    [
        ("name", {"name": " "}),
        ("answers", {"answers": []}),
        ("maximum", {"minimum": 2, "maximum": 1}),
        ("minimum", {"minimum": 3}),
        ("answers-1-name", {"answers": [ModifierInput(name="A"), ModifierInput(name="a")]}),
        ("maximum", {"maximum": 1, "answers": [ModifierInput(name="a", default=True), ModifierInput(name="b", default=True)]}),
    ],
)
def test_a_wrong_group_is_refused_beside_its_field(world: World, by: Given, field: str, given: Given) -> None:
    with pytest.raises(DomainError) as refused:
        create_group(
            GroupInput(**{"name": "Size", "answers": [ModifierInput(name="x"), ModifierInput(name="y")], **given}), **by
        )
    assert refused.value.field == field


def test_groups_lead_into_each_other_three_deep_and_in_no_ring(world: World, by: Given) -> None:
    third = group(by, "Third")
    second = group(by, "Second", ModifierInput(name="a", nested=third))
    first = group(by, "First", ModifierInput(name="a", nested=second))
    for name, target in (("Zeroth", first),):
        with pytest.raises(DomainError):
            group(by, name, ModifierInput(name="a", nested=target))
    with pytest.raises(DomainError):
        update_group(third, GroupInput(name="Third", answers=[ModifierInput(name="a", nested=first)]), **by)


def test_a_group_opened_before_somebody_saved_is_told(world: World, by: Given) -> None:
    made = group(by, "Size")
    given = GroupInput(name="Size", answers=[ModifierInput(name="b")])
    update_group(made, given, version=made.version, **by)
    with pytest.raises(Conflict):
        update_group(made, given, version=made.version, **by)


def test_the_server_explains_chosen_answers_and_marks_what_breaks_the_rules(world: World, by: Given) -> None:
    size = group(by, "Size", ModifierInput(name="S"), ModifierInput(name="L", price=Decimal("1.5")), minimum=1, maximum=1)
    product, variant = world.products["ESP"], world.variant("ESP")
    update_product(
        product, name=product.name, category=None, tax_profile=world.standard, price=product.price, groups=[size],
        variants=[VariantInput(uuid=variant.uuid, sku="ESP")], **by,
    )  # fmt: skip
    small, large = list(size.modifiers.order_by("position"))
    till = world.till()
    till.open_shift()

    def marks(chosen: list[Any], *prices: str) -> list[str]:
        cart = till.cart([(till.item("ESP"), "1")])
        cart["lines"][0]["modifiers"] = list(prices)
        sale = till.settle(cart, [till.item("ESP")])
        sale["body"]["goods"][0]["modifiers"] = [str(getattr(c, "uuid", c)) for c in chosen]
        [answer] = till.post(sale)
        assert answer["state"] == "done", answer
        return [mark["code"] for mark in answer["marks"]]

    assert marks([large], "1.5") == []
    assert marks([small], "0") == []
    assert marks([], "1.5") == ["price_differs", "options_differ"]
    assert marks([large], "0.5") == ["price_differs"]
    assert marks([small, large], "0", "1.5") == ["options_differ"]
    assert marks([world.business.uuid]) == ["options_differ"]
    with acting(business_id=world.business.pk, actor_id=world.owner.pk):
        set_group_active(size, active=False, **by)
    till.load()
    assert marks([]) == []
