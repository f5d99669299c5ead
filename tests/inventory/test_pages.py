"""The catalogue's pages as somebody fills them in: what is kept, what is said, what is refused beside its field."""

import re
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client

from inventory.barcodes import check_digit_fault
from inventory.labels import PATTERNS
from inventory.models import Category, ModifierGroup, Product, Unit, Variant
from smartpos.access.services.settings import set_values
from smartpos.context import acting
from tests.world import AT, World

pytestmark = pytest.mark.django_db
NEW = "01934b7e-0000-7000-8000-00000000000a"


def filled(world: World, **more: Any) -> dict[str, Any]:
    with acting(business_id=world.business.pk):
        unit = Unit.objects.get(name="piece")
    return {
        "uuid": NEW, "name": "Burek", "price": "6.50", "unit": str(unit.uuid), "category": "",
        "tax_profile": str(world.standard.uuid), "variants-count": "1", "variants-0-sku": "BUR", "variants-0-tracked": "on", **more,
    }  # fmt: skip


def saved(world: World) -> Product:
    with acting(business_id=world.business.pk):
        return Product.objects.prefetch_related("variants__barcodes").get(uuid=NEW)


@pytest.mark.feature("PRD-02")
@pytest.mark.parametrize(
    ("language", "labels"),
    [
        ("en", ["Product Name", "Price", "Category", "SKU", "Barcode", "Cost Price", "Tax Rate", "Track Stock", "Unit"]),
        (
            "bs",
            ["Naziv proizvoda", "Cijena", "Kategorija", "SKU", "Barkod", "Nabavna cijena", "Porez", "Prati zalihe", "Jedinica"],
        ),
    ],
)
def test_the_form_is_labelled_in_both_languages(office: Client, world: World, language: str, labels: list[str]) -> None:
    office.cookies["smartpos_language"] = language
    page = office.get("/backoffice/products/new/").content.decode()
    for label in labels:
        assert f">{label}" in page, label


@pytest.mark.feature("PRD-05")
def test_variants_are_saved_with_their_product_in_one_go(office: Client, world: World) -> None:
    form = filled(
        world,
        **{
            "variants-count": "3", "variants-0-name": "Small", "variants-0-barcode": "11, 12", "variants-1-name": "Large",
            "variants-1-price": "8,00".replace(",", "."), "variants-1-sku": "BURL", "variants-1-barcode": "13",
            "variants-1-tracked": "on", "variants-1-cost": "3.1", "variants-2-name": "Gone", "variants-2-gone": "on",
        },
    )  # fmt: skip
    assert office.post("/backoffice/products/new/", form).status_code == 302
    found = {v.name: v for v in saved(world).variants.all()}
    assert {name: (v.list_price, v.sku, v.cost) for name, v in found.items()} == {
        "Small": (Decimal("6.5"), "BUR", None),
        "Large": (Decimal(8), "BURL", Decimal("3.1")),
    }
    assert [code.code for code in found["Small"].barcodes.order_by("position")] == ["11", "12"]
    twice = {**form, "uuid": NEW[:-1] + "b", "variants-0-name": "Large", "variants-0-sku": "", "variants-0-barcode": ""}
    refused = office.post("/backoffice/products/new/", {**twice, "variants-1-sku": "", "variants-1-barcode": ""})
    assert refused.status_code == 422
    assert "Two variants have the same name." in refused.content.decode()


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"name": " "}, "This field is required."),
        ({"price": "-1"}, "This cannot be less than nought."),
        ({"price": "a lot"}, "Write a number"),
        ({"price": "1.23456"}, "At most 4 decimals."),
        ({"variants-0-cost": "-1"}, "This cannot be less than nought."),
        ({"min_stock": "5", "max_stock": "4"}, "The minimum lies above the maximum."),
        ({"variants-0-sku": "ESP"}, "The code ESP belongs to Espresso."),
        ({"variants-0-barcode": "99, 3870000000014"}, "The code 3870000000014 belongs to Espresso."),
        ({"unit": NEW}, "Select a valid choice."),
        ({"category": NEW}, "Select a valid choice."),
    ],
)
def test_wrong_input_is_said_and_what_was_typed_stays(
    office: Client, world: World, wrong: dict[str, str], sentence: str
) -> None:
    answer = office.post("/backoffice/products/new/", filled(world, description="My words", **wrong))
    assert answer.status_code == 422
    page = answer.content.decode()
    assert sentence in page
    assert "My words" in page
    with acting(business_id=world.business.pk):
        assert not Product.objects.filter(uuid=NEW).exists()


def test_whoever_saves_second_is_told_and_loses_nothing(office: Client, world: World) -> None:
    office.post("/backoffice/products/new/", filled(world))
    product = saved(world)
    address = f"/backoffice/products/{product.uuid}/"
    rows = {"variants-0-uuid": str(product.variants.all()[0].uuid), "version": str(product.version)}
    assert office.post(address, filled(world, name="First", **rows)).status_code == 302
    second = office.post(address, filled(world, name="Second", description="Typed for long", **rows))
    assert second.status_code == 409
    page = second.content.decode()
    assert "Typed for long" in page
    assert f'name="version" value="{product.version + 1}"' in page
    assert saved(world).name == "First"
    rows["version"] = str(product.version + 1)
    assert office.post(address, filled(world, name="Second", **rows)).status_code == 302
    assert saved(world).name == "Second"


@pytest.mark.feature("PRD-15")
def test_a_wrong_check_digit_warns_and_is_no_obstacle(office: Client, world: World) -> None:
    answer = office.post("/backoffice/products/new/", filled(world, **{"variants-0-barcode": "4006381333932"}), follow=True)
    assert "Its last digit should be 1." in answer.content.decode()
    with acting(business_id=world.business.pk):
        assert Product.objects.get(uuid=NEW).variants.get().barcodes.get().code == "4006381333932"


@pytest.mark.feature("PRD-15")
def test_goods_without_a_code_get_one_that_begins_with_2_and_is_no_label_of_the_scale(office: Client, world: World) -> None:
    def asked() -> str:
        return str(office.get("/backoffice/products/free-code/").json()["value"])

    def labels(*prefixes: str) -> None:
        with acting(business_id=world.business.pk, actor_id=world.owner.pk):
            text = "\n".join(f"{prefix}CCCCCWWWWWK" for prefix in prefixes)
            set_values({PATTERNS: text}, by=world.owner, at=AT)

    code = asked()
    assert re.fullmatch(r"20\d{11}", code)
    assert check_digit_fault(code) == ""
    assert asked() != code
    labels("20", "21", "23")
    assert asked().startswith("22")
    labels(*(str(prefix) for prefix in range(20, 30)))
    assert asked() == ""
    page = office.post("/backoffice/products/new/", filled(world, **{"variants-0-barcode": code}), follow=True).content.decode()
    assert "Its last digit should be" not in page.partition('class="toasts"')[2]
    with acting(business_id=world.business.pk):
        assert saved(world).variants.get().barcodes.get().code == code


@pytest.mark.feature("PRD-14")
def test_a_new_product_takes_the_default_tax_and_may_have_another(office: Client, world: World) -> None:
    from smartpos.taxes.services import create_profile

    with acting(business_id=world.business.pk, actor_id=world.owner.pk):
        from tests.world import AT

        group = create_profile(by=world.owner, name="Group", rates=[e.rate for e in world.standard.entries.all()], at=AT)
        world.standard.refresh_from_db()
        assert world.standard.default
    page = office.get("/backoffice/products/new/").content.decode()
    assert f'<option value="{world.standard.uuid}" selected>' in page
    assert office.post("/backoffice/products/new/", filled(world, tax_profile=str(group.uuid))).status_code == 302
    assert saved(world).tax_profile_id == group.pk


def test_a_product_is_archived_and_comes_back_by_the_toast(office: Client, world: World) -> None:
    address = f"/backoffice/products/{world.products['ESP'].uuid}/"
    page = office.post(f"{address}archive/", follow=True).content.decode()
    assert f'action="{address}restore/"' in page
    office.post(f"{address}restore/")
    with acting(business_id=world.business.pk):
        assert Product.objects.get(pk=world.products["ESP"].pk).active


def test_deleting_asks_and_refuses_what_has_a_history(office: Client, world: World) -> None:
    office.post("/backoffice/products/new/", filled(world))
    fresh = f"/backoffice/products/{NEW}/delete/"
    assert "Delete Burek?" in office.get(fresh).content.decode()
    assert office.post(fresh).status_code == 302
    with acting(business_id=world.business.pk):
        assert not Variant.objects.filter(sku="BUR").exists()
    till = world.till()
    till.open_shift()
    till.post(till.sale([(till.item("ESP"), "1")]))
    address = f"/backoffice/products/{world.products['ESP'].uuid}/delete/"
    assert "cannot be deleted" in office.get(address).content.decode()
    assert office.post(address).status_code == 409


@pytest.mark.feature("CAT-01", "CAT-02", "CAT-03")
def test_a_category_becomes_a_tab_of_its_colour_in_its_order(office: Client, world: World) -> None:
    for name, position in (("Zeta", "1"), ("Alpha", "1"), ("Last", "9")):
        form = {"name": name, "colour": "teal", "position": position, "parent": ""}
        assert office.post("/backoffice/categories/new/", form).status_code == 302
    rows = world.till().rows("category")
    tabs = sorted(rows.values(), key=lambda row: (row[2], row[0]))
    assert [row[:3] for row in tabs if row[1] == "teal"] == [["Alpha", "teal", 1], ["Zeta", "teal", 1], ["Last", "teal", 9]]
    for wrong in ({"name": ""}, {"name": "ALPHA"}, {"colour": "#ff0000"}, {"parent": NEW}, {"position": "-1"}):
        form = {"name": "New", "colour": "teal", "position": "", "parent": "", **wrong}
        assert office.post("/backoffice/categories/new/", form).status_code == 422, wrong


@pytest.mark.feature("CAT-05")
def test_more_than_eight_tabs_are_a_hint_and_no_obstacle(office: Client, world: World) -> None:
    assert "tabs stand side by side" not in office.get("/backoffice/categories/").content.decode()
    for n in range(9):
        assert office.post("/backoffice/categories/new/", {"name": f"C{n}", "colour": "red"}).status_code == 302
    page = office.get("/backoffice/categories/").content.decode()
    assert "10 tabs stand side by side" in page
    assert "Some tabs share a colour" in page


def test_categories_are_put_in_order_by_the_page(office: Client, world: World) -> None:
    for name in "AB":
        office.post("/backoffice/categories/new/", {"name": name, "colour": "red"})
    with acting(business_id=world.business.pk):
        a, b = (Category.objects.get(name=name) for name in "AB")
    answer = office.post("/backoffice/categories/arrange/", {"parent": str(a.uuid), "categories": f"{b.uuid} rubbish {NEW}"})
    assert answer.status_code == 200
    ring = office.post("/backoffice/categories/arrange/", {"parent": str(b.uuid), "categories": str(a.uuid)})
    assert ring.status_code == 422
    with acting(business_id=world.business.pk):
        assert Category.objects.get(name="B").parent_id == a.pk


def test_a_modifier_group_is_saved_with_its_answers(office: Client, world: World) -> None:
    form = {
        "uuid": NEW, "name": "Sauce", "minimum": "0", "maximum": "", "answers-count": "2", "answers-0-name": "Hot",
        "answers-0-price": "-0,50".replace(",", "."), "answers-1-name": "Mild", "answers-1-kitchen_name": "M",
    }  # fmt: skip
    assert office.post("/backoffice/modifiers/new/", form).status_code == 302
    assert office.post("/backoffice/modifiers/new/", form).status_code == 302
    with acting(business_id=world.business.pk):
        group = ModifierGroup.objects.get()
        found = list(group.modifiers.order_by("position").values_list("name", "price", "kitchen_name"))
    assert found == [("Hot", Decimal("-0.5"), ""), ("Mild", Decimal(0), "M")]
    assert office.post("/backoffice/modifiers/new/", {**form, "uuid": NEW[:-1] + "c", "minimum": "3"}).status_code == 422


def test_a_store_filter_shows_what_lies_below_a_category(office: Client, world: World) -> None:
    with acting(business_id=world.business.pk):
        drinks = Category.objects.get(name="Drinks")
    office.post("/backoffice/categories/new/", {"name": "Above", "colour": "red"})
    with acting(business_id=world.business.pk):
        above = Category.objects.get(name="Above")
    office.post("/backoffice/categories/arrange/", {"parent": str(above.uuid), "categories": str(drinks.uuid)})
    page = office.get(f"/backoffice/products/?category={above.uuid}").content.decode()
    assert "Espresso" in page


def test_quick_add_keeps_what_is_the_same_and_says_what_is_wrong(office: Client, world: World) -> None:
    with acting(business_id=world.business.pk):
        drinks, unit = Category.objects.get(name="Drinks"), Unit.objects.get(name="kilogram")
    form = {
        "uuid": NEW, "category": str(drinks.uuid), "tax_profile": str(world.standard.uuid), "unit": str(unit.uuid), "name": "Sugar",
        "price": "2.10", "barcode": "77",
    }  # fmt: skip
    page = office.post("/backoffice/products/quick/", form, follow=True).content.decode()
    assert f'<option value="{drinks.uuid}" selected>' in page
    assert f'<option value="{unit.uuid}" selected>' in page
    assert "Sugar" in page
    office.post("/backoffice/products/quick/", form)
    with acting(business_id=world.business.pk):
        assert Product.objects.filter(name="Sugar").count() == 1
    taken = office.post("/backoffice/products/quick/", {**form, "uuid": NEW[:-1] + "e", "name": "Salt"})
    assert taken.status_code == 422
    assert "The code 77 belongs to Sugar." in taken.content.decode()


def test_the_list_and_its_file_show_barcodes_to_whoever_chose_the_column(office: Client, world: World) -> None:
    form = {
        "variants-count": "2", "variants-0-name": "Small", "variants-0-barcode": "11, 12",
        "variants-1-name": "Large", "variants-1-sku": "BURL", "variants-1-barcode": "13", "variants-1-tracked": "on",
    }  # fmt: skip
    office.post("/backoffice/products/new/", filled(world, **form))
    asked = "/backoffice/products/?q=burek&column=name&column=barcode"
    assert ">11, 12, 13<" in office.get(asked).content.decode()
    assert "11, 12, 13" in b"".join(office.get(f"{asked}&export=csv").streaming_content).decode()
    page = office.get("/backoffice/products/?q=burek&sort=-created").content.decode()
    assert f'href="/backoffice/products/{NEW}/"' in page
    assert ">11, 12, 13<" not in page
