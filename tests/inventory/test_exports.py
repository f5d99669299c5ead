"""The catalogue as a file, and back again."""

import csv
import io
from decimal import Decimal
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from inventory.importers.products import PRODUCTS
from inventory.models import Variant
from inventory.services.products import create_product
from inventory.types import VariantInput
from smartpos.audit.models import Entry
from smartpos.context import acting
from smartpos.imports import runs
from tests.world import AT, World

pytestmark = [pytest.mark.django_db, pytest.mark.database]


@pytest.fixture
def office(world: World) -> Client:
    client = Client()
    client.force_login(world.owner.user)
    return client


def table(answer: Any, delimiter: str = ",") -> list[dict[str, str]]:
    content = b"".join(answer.streaming_content)
    assert content.startswith(b"\xef\xbb\xbf")
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig")), delimiter=delimiter))


def add(world: World, name: str, **variant: Any) -> None:
    with acting(business_id=world.business.pk, actor_id=world.owner.pk):
        create_product(
            by=world.owner, name=name, category=None, tax_profile=world.standard, variants=[VariantInput(**variant)], at=AT
        )


@pytest.mark.feature("PRD-09")
def test_everything_that_is_sold_with_price_codes_category_stock_and_cost(
    world: World, other_world: World, office: Client
) -> None:
    add(world, '=HYPERLINK("http://evil.example")', sku="+1", price=Decimal("1.5"), cost=Decimal("0.7525"))
    till = world.till()
    till.open_shift()
    till.post(till.sale([(till.item("ESP"), "3")]))
    rows = {row["SKU"]: row for row in table(office.get("/backoffice/products/export/?form=csv"))}
    assert list(rows["ESP"]) == ["Name", "Variant", "Price", "SKU", "Barcode", "Category", "In stock", "Cost price", "Unit"]
    assert rows["ESP"] == {
        "Name": "Espresso", "Variant": "", "Price": "2.00", "SKU": "ESP", "Barcode": "3870000000014", "Category": "Drinks",
        "In stock": "-3.00", "Cost price": "", "Unit": "pc",
    }  # fmt: skip
    neutral = rows["'+1"]
    assert (neutral["Name"], neutral["Price"], neutral["Cost price"]) == (
        '\'=HYPERLINK("http://evil.example")',
        "1.50",
        "0.7525",
    )
    assert len(rows) == 4
    with acting(business_id=world.business.pk):
        assert Entry.objects.filter(action="products.exported", actor_id=world.owner.pk).count() == 1


def test_a_bosnian_spreadsheet_gets_semicolons_and_decimal_commas(world: World, office: Client) -> None:
    office.cookies["smartpos_language"] = "bs"
    answer = office.get("/backoffice/products/export/?form=csv", headers={"accept-language": "bs"})
    rows = table(answer, ";")
    assert {row["Cijena"] for row in rows} == {"2,00", "9,00", "0,99"}


@pytest.mark.feature("PRD-09")
@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_the_file_comes_back_through_the_import_and_changes_nothing(world: World, office: Client, form: str) -> None:
    add(world, "-Minus", sku="=1+1", barcode="@x", price=Decimal("1234.5"), cost=Decimal("0.125"))
    answer = office.get(f"/backoffice/products/export/?form={form}")
    content = b"".join(answer.streaming_content)
    with acting(business_id=world.business.pk, actor_id=world.owner.pk):
        run = runs.receive(PRODUCTS, SimpleUploadedFile(f"back.{form}", content), by=world.owner, at=AT)
        import json

        run = runs.check(
            run, mapping=json.loads(run.mapping), encoding=run.encoding, delimiter=run.delimiter, mark=run.mark,
            tax_profile=None, by=world.owner, at=AT,
        )  # fmt: skip
        assert set(json.loads(run.mapping)) == {"name", "variant", "price", "sku", "barcode", "category", "cost", "unit"}
        runs.stint(run, seconds=60)
        run.refresh_from_db()
        assert (run.state, run.created, run.updated, run.unchanged, run.wrong) == ("checked", 0, 0, 4, 0)


def test_label_data_has_what_a_label_shows(world: World, office: Client) -> None:
    rows = {row["SKU"]: row for row in table(office.get("/backoffice/products/export/?form=labels"))}
    assert rows["CEV"] == {
        "Name": "Ćevapi veliki", "Price": "9.00", "Currency": "BAM", "Unit": "pc", "SKU": "CEV", "Barcode": "3870000000021",
        "Copies": "1",
    }  # fmt: skip


def test_a_cashier_takes_nothing_away(world: World) -> None:
    client = Client()
    assert client.get("/backoffice/products/export/?form=csv").status_code == 302


def test_the_choice_of_files_is_a_page(world: World, office: Client) -> None:
    page = office.get("/backoffice/products/export/").content.decode()
    assert "?form=xlsx" in page
    assert "?form=labels" in page
    assert office.get("/backoffice/products/export/?form=exe").status_code == 200


def test_what_is_archived_is_not_exported(world: World, office: Client) -> None:
    with acting(business_id=world.business.pk):
        Variant.objects.filter(sku="ODD").update(active=False)
    assert "ODD" not in {row["SKU"] for row in table(office.get("/backoffice/products/export/?form=csv"))}
