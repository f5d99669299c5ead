"""A list of goods by a plain command."""

import io
from decimal import Decimal
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from inventory.models import Product, Variant
from smartpos.audit.models import Entry
from smartpos.context import acting
from smartpos.operations.models import Change
from tests.data import real_data
from tests.world import World

pytestmark = pytest.mark.django_db


def load(world: World, path: Path) -> str:
    out = io.StringIO()
    call_command("load_products", str(path), business=str(world.business.uuid), stdout=out, stderr=out)
    return out.getvalue()


def test_the_retailers_3510_articles_are_loaded_once(world: World, other_world: World) -> None:
    path = real_data("retail/products.csv")
    assert "3510 new, 0 changed, 0 as before." in load(world, path)
    with acting(business_id=world.business.pk):
        assert Variant.objects.count() == 3510 + 3
        before, entries = Change.objects.count(), Entry.objects.count()
        broken = Variant.objects.get(sku="gift_0001_10")
        assert broken.product.name.startswith("Dotcomgiftshop Gift Voucher")
        assert Variant.objects.get(sku="10002").product.name == "INFLATABLE POLITICAL GLOBE"
    assert "0 new, 0 changed, 3510 as before." in load(world, path)
    with acting(business_id=world.business.pk):
        assert Variant.objects.count() == 3510 + 3
        assert (Change.objects.count(), Entry.objects.count()) == (before, entries)
    with acting(business_id=other_world.business.pk):
        assert Variant.objects.count() == 3


def test_skus_that_differ_by_case_are_two_articles(world: World) -> None:
    load(world, real_data("retail/products.csv"))
    with acting(business_id=world.business.pk):
        prices = dict(Variant.objects.filter(sku__in=["15056BL", "15056bl"]).values_list("sku", "product__price"))
    assert prices == {"15056BL": Decimal("5.95"), "15056bl": Decimal("12.46")}


def test_rows_that_cannot_stand_are_told_by_line_and_stop_nothing(world: World, tmp_path: Path) -> None:
    path = tmp_path / "goods.csv"
    path.write_text("SKU;Naziv;Cijena\nX1;Kafa;2,50\nX2;;3\nX3;Čaj;dva\nX1;Kafa opet;1\nX4;Sok;-1\n", encoding="cp1250")
    said = load(world, path)
    assert "1 new" in said
    for sentence in (
        "line 3: The name is missing.", "line 4: “dva” is no amount.", "line 5: The code X1 stands in line 2 already.",
        "line 6: The amount -1 is below nought.", "4 rows were left out.",
    ):  # fmt: skip
        assert sentence in said
    with acting(business_id=world.business.pk):
        assert Product.objects.get(variants__sku="X1").name == "Kafa"


@pytest.mark.parametrize(
    ("content", "sentence"),
    [(b"", "The file is empty"), (b"%PDF-1.7 ...", "not a table"), (b"\xd0\xcf\x11\xe0rest", "old Excel"), (b"a;b\n1;2\n", "no column")],
)  # fmt: skip
def test_what_is_no_list_is_refused_with_a_sentence(world: World, tmp_path: Path, content: bytes, sentence: str) -> None:
    path = tmp_path / "goods.csv"
    path.write_bytes(content)
    with pytest.raises(CommandError, match=sentence):
        load(world, path)


def test_a_file_that_is_not_there_is_said(world: World, tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="cannot be read"):
        load(world, tmp_path / "none.csv")
