"""A list of goods from upload to catalogue: nothing before the user agrees, nothing twice after a kill, every wrong row told."""

import csv
import io
import json
from decimal import Decimal
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from inventory.importers import products
from inventory.models import Barcode, Category, PriceChange, Product, Variant
from smartpos.audit.models import Entry
from smartpos.context import acting
from smartpos.imports import runs
from smartpos.imports.models import ImportRun
from smartpos.imports.rows import PORTION
from smartpos.imports.store import path_of
from smartpos.outbox.runner import deliver_due
from tests.world import World

pytestmark = [pytest.mark.django_db, pytest.mark.database]
GOODS = (
    "Naziv;Cijena;Šifra;Barkod;Kategorija\nKafa;2,50;K1;3870000000106;Topli napici\nĐuveč;1.234,50;D1;;Kuhinja\nČaj;dva;C1;;\n"
)


@pytest.fixture
def office(world: World) -> Client:
    client = Client()
    client.force_login(world.owner.user)
    return client


def upload(client: Client, content: bytes | str, name: str = "goods.csv", encoding: str = "cp1250") -> Any:
    data = content.encode(encoding) if isinstance(content, str) else content
    return client.post("/backoffice/products/import/", {"file": SimpleUploadedFile(name, data)})


def last_run(world: World) -> ImportRun:
    with acting(business_id=world.business.pk):
        run = ImportRun.objects.order_by("-pk").first()
    assert run is not None
    return run


def choice(run: ImportRun, world: World, **more: str) -> dict[str, str]:
    """The form as the page shows it."""
    chosen = {code: str(place) for code, place in json.loads(run.mapping).items()}
    written = {"mark": run.mark, "delimiter": run.delimiter, "encoding": run.encoding, "tax_profile": str(world.standard.uuid)}
    return {**chosen, **written, **more}


def check(client: Client, world: World, **more: str) -> ImportRun:
    run = last_run(world)
    answer = client.post(f"/backoffice/products/import/{run.uuid}/check/", choice(run, world, **more))
    assert answer.status_code == 302, answer.content.decode()
    deliver_due()
    return last_run(world)


def confirm(client: Client, world: World) -> ImportRun:
    client.post(f"/backoffice/products/import/{last_run(world).uuid}/start/")
    deliver_due()
    return last_run(world)


def catalogue(world: World) -> set[tuple[str, str | None, Decimal]]:
    with acting(business_id=world.business.pk):
        return {(v.product.name, v.sku, v.list_price) for v in Variant.objects.select_related("product")}


@pytest.mark.feature("PRD-10")
def test_a_list_goes_from_upload_to_catalogue_and_nothing_changes_before_it_is_confirmed(world: World, office: Client) -> None:
    before = catalogue(world)
    page = office.get(upload(office, GOODS).url).content.decode()
    assert "Đuveč" in page
    assert "1,234.50" in page or "1.234,50" in page
    assert "is no amount" in page
    run = check(office, world)
    assert (run.state, run.created, run.wrong, run.encoding, run.delimiter, run.mark) == ("checked", 2, 1, "cp1250", ";", ",")
    assert catalogue(world) == before
    page = office.get(f"/backoffice/products/import/{run.uuid}/").content.decode()
    assert "Topli napici, Kuhinja" in page
    run = confirm(office, world)
    assert (run.state, run.created, run.updated, run.wrong) == ("done", 2, 0, 1)
    assert catalogue(world) - before == {("Kafa", "K1", Decimal("2.50")), ("Đuveč", "D1", Decimal("1234.50"))}
    with acting(business_id=world.business.pk):
        assert Barcode.objects.get(code="3870000000106").variant.sku == "K1"
        assert Product.objects.get(name="Kafa").category.name == "Topli napici"
        assert PriceChange.objects.filter(variant_id=Variant.objects.get(sku="K1").pk).count() == 1
        actions = list(
            Entry.objects.filter(chain=f"office:{world.business.pk}").order_by("-pk").values_list("action", flat=True)[:3]
        )
    assert actions[0] == "products.import_finished"
    assert "products.imported" in actions


def test_the_worker_speaks_as_the_page_from_which_it_was_asked(world: World, office: Client) -> None:
    office.cookies["smartpos_language"] = "bs"  # chosen on this browser; the business and its owner speak English
    upload(office, GOODS)
    run = check(office, world)
    page = office.get(f"/backoffice/products/import/{run.uuid}/").content.decode()
    assert "nije iznos" in page
    assert "is no amount" not in page


@pytest.mark.feature("PRD-10")
def test_wrong_rows_come_back_as_a_file_that_can_be_mended(world: World, office: Client) -> None:
    upload(office, GOODS)
    run = check(office, world)
    answer = office.get(f"/backoffice/products/import/{run.uuid}/problems.csv")
    rows = list(csv.reader(io.StringIO(b"".join(answer.streaming_content).decode("utf-8-sig"))))
    assert rows[0][:3] == ["Line", "What is wrong", "Naziv"]
    assert rows[1] == ["4", "“dva” is no amount.", "Čaj", "dva", "C1", "", ""]
    assert len(rows) == 2


@pytest.mark.feature("PRD-10")
def test_the_user_may_cancel_instead(world: World, office: Client) -> None:
    before = catalogue(world)
    upload(office, GOODS)
    run = check(office, world)
    office.post(f"/backoffice/products/import/{run.uuid}/cancel/")
    office.post(f"/backoffice/products/import/{run.uuid}/start/")
    deliver_due()
    assert last_run(world).state == "cancelled"
    assert catalogue(world) == before


def test_products_are_found_by_sku_else_by_barcode_and_changed(world: World, office: Client) -> None:
    upload(office, "name,price,sku,barcode\nEspresso dupli,3.10,ESP,\nĆevapi,9.50,,3870000000021\n", encoding="utf-8")
    run = check(office, world)
    assert (run.created, run.updated) == (0, 2)
    confirm(office, world)
    assert {("Espresso dupli", "ESP", Decimal("3.10")), ("Ćevapi", "CEV", Decimal("9.50"))} <= catalogue(world)
    upload(office, "name,price,sku,barcode\nEspresso dupli,3.10,ESP,\nĆevapi,9.50,,3870000000021\n", encoding="utf-8")
    run = check(office, world)
    assert (run.created, run.updated, run.unchanged) == (0, 0, 2)


def test_killed_in_the_middle_it_goes_on_behind_the_last_portion_that_stands(
    world: World, office: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    count = 3 * PORTION + 20
    text = "name,price,sku\n" + "".join(f"Article {n},{n % 90 + 1}.50,S{n}\n" for n in range(count))
    upload(office, text, encoding="utf-8")
    check(office, world)
    run = last_run(world)
    real = products.put_goods
    done = []

    def dies(rows: Any, **more: Any) -> Any:
        outcome = real(rows, **more)
        done.append(rows)
        if len(done) == 2:
            raise RuntimeError("the machine lost power inside the second portion's transaction")
        return outcome

    monkeypatch.setattr(products, "put_goods", dies)
    office.post(f"/backoffice/products/import/{run.uuid}/start/")
    deliver_due()
    halfway = last_run(world)
    assert (halfway.state, halfway.created, halfway.position) == ("running", PORTION, PORTION + 1)
    monkeypatch.undo()
    with acting(business_id=world.business.pk, actor_id=world.owner.pk):
        fresh = ImportRun.objects.select_related("created_by", "tax_profile").get(pk=run.pk)
        assert runs.stint(fresh, seconds=0) is True
        assert runs.stint(fresh, seconds=60) is False
        assert Variant.objects.filter(sku__startswith="S").count() == count
    ended = last_run(world)
    assert (ended.state, ended.created, ended.unchanged, ended.wrong) == ("done", count, 0, 0)


def test_two_workers_at_one_import_do_the_work_once(world: World, office: Client) -> None:
    upload(office, "name,price,sku\n" + "".join(f"A{n},1,S{n}\n" for n in range(PORTION + 1)), encoding="utf-8")
    run = check(office, world)
    office.post(f"/backoffice/products/import/{run.uuid}/start/")
    with acting(business_id=world.business.pk, actor_id=world.owner.pk):
        one, two = (ImportRun.objects.select_related("created_by", "tax_profile").get(pk=run.pk) for _ in range(2))
        assert runs.stint(one, seconds=0) is True
        assert runs.stint(two, seconds=60) is False
        assert runs.stint(one, seconds=60) is False
        assert Variant.objects.filter(sku__startswith="S").count() == PORTION + 1


@pytest.mark.feature("PRD-10")
@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("empty.csv", b"", "empty"),
        ("blank.csv", b"\n\n ;\n", "empty"),
        ("head.csv", b"Naziv;Cijena\n", "no row"),
        ("receipt.pdf", b"%PDF-1.7\n1 0 obj", "not a table"),
        ("photo.csv", b"\x89PNG\r\n\x1a\n\x00\x00", "not a table"),
        ("old.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "old Excel"),
        ("broken.xlsx", b"PK\x03\x04nothing", "damaged"),
        ("binary.csv", b"a\x00\x01\x02\x00b\x00" * 50, "not a table"),
        ("large.csv", b"name,price\n" + b"x" * (9 * 1024 * 1024), "larger than 9 MB"),
    ],
)
def test_what_is_no_list_is_refused_with_a_sentence(
    world: World, office: Client, name: str, content: bytes, sentence: str
) -> None:
    answer = upload(office, content, name=name)
    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    with acting(business_id=world.business.pk):
        assert ImportRun.objects.count() == 0


def test_columns_must_say_something_and_each_one_thing_only(world: World, office: Client) -> None:
    upload(office, "a,b\n1,2\n", encoding="utf-8")
    run = last_run(world)
    address = f"/backoffice/products/import/{run.uuid}/check/"
    assert office.post(address, choice(run, world)).status_code == 422
    assert "one thing only" in office.post(address, choice(run, world, name="0", sku="0", price="1")).content.decode()
    assert office.post(address, choice(run, world, name="7")).status_code == 422
    assert office.post(f"/backoffice/products/import/{run.uuid}/preview/", choice(run, world, name="7")).status_code == 200
    assert office.post(f"/backoffice/products/import/{run.uuid}/preview/", {}).status_code == 200
    assert last_run(world).state == "mapping"


def test_another_encoding_or_a_lost_file_is_said_and_breaks_nothing(world: World, office: Client) -> None:
    upload(office, GOODS)
    run = last_run(world)
    address = f"/backoffice/products/import/{run.uuid}/"
    wrong = choice(run, world, encoding="utf-16")
    assert "not in this encoding" in office.post(f"{address}preview/", wrong).content.decode()
    assert office.post(f"{address}check/", wrong).status_code == 302
    assert last_run(world).state == "mapping"
    check(office, world)
    path_of(run).unlink()
    assert "no longer there" in office.get(f"{address}?columns=1").content.decode()
    assert office.post(f"{address}check/", choice(run, world)).status_code == 302
    assert office.get(f"{address}problems.csv").status_code == 200
    run = confirm(office, world)
    assert (run.state, run.created) == ("failed", 0)
    assert "no longer there" in office.get(address).content.decode()


def test_variants_are_made_under_one_product_and_paths_make_a_tree(world: World, office: Client) -> None:
    text = "name,variant,price,sku,category\nPizza,Small,8,P-S,Food > Pizza\nPizza,Large,14,P-L,Food > Pizza\n"
    upload(office, text, encoding="utf-8")
    check(office, world)
    confirm(office, world)
    with acting(business_id=world.business.pk):
        pizza = Product.objects.get(name="Pizza")
        assert [(v.name, v.list_price) for v in pizza.variants.order_by("position")] == [("Small", 8), ("Large", 14)]
        assert (pizza.category.name, pizza.category.parent.name) == ("Pizza", "Food")
        assert Category.objects.filter(name="Food").count() == 1


def test_an_import_of_another_business_does_not_exist(world: World, other_world: World, office: Client) -> None:
    foreign = Client()
    foreign.force_login(other_world.owner.user)
    upload(foreign, GOODS)
    run = last_run(other_world)
    for path in ("", "preview/", "check/", "start/", "cancel/", "problems.csv"):
        method = office.get if path in ("", "problems.csv") else office.post
        assert method(f"/backoffice/products/import/{run.uuid}/{path}").status_code == 404


def test_a_code_that_another_product_has_is_told_by_name(world: World, office: Client) -> None:
    upload(office, "name,price,sku,barcode\nEspresso,2,ESP,3870000000021\n", encoding="utf-8")
    run = check(office, world)
    page = office.get(f"/backoffice/products/import/{run.uuid}/").content.decode()
    assert "belongs to Ćevapi veliki" in page
    assert run.wrong == 1
