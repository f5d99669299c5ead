"""The list of the Backoffice: order, pages, filters, columns, views, files and acts, on the list of products and of receipts."""

import re
from collections.abc import Callable
from decimal import Decimal

import pytest
from django.test import Client

from inventory.models import Product
from inventory.services.products import create_product
from inventory.types import VariantInput
from pos.views.manage.lists import RECEIPTS
from smartpos.context import acting
from smartpos.web.lists.export import safe
from smartpos.web.models import SavedView
from tests.world import AT, World

pytestmark = [pytest.mark.django_db, pytest.mark.database]
PRODUCTS = "/backoffice/products/"
NAMES = re.compile(r'class="row-link" href="[^"]+">([^<]+)<')


@pytest.fixture
def office(client: Client, world: World) -> Client:
    client.force_login(world.owner.user)
    return client


def make_products(world: World, count: int, name: Callable[[int], str] = "Item {:03d}".format) -> None:
    with acting(business_id=world.business.pk, actor_id=world.owner.pk):
        for n in range(count):
            create_product(
                by=world.owner, name=name(n), category=None, tax_profile=world.standard, at=AT,
                variants=[VariantInput(sku=f"{name(n)}-sku"[-20:], price=Decimal(n + 1))],
            )  # fmt: skip


def names(office: Client, address: str) -> list[str]:
    return NAMES.findall(office.get(address).content.decode())


def link(office: Client, address: str, rel: str) -> str:
    page = office.get(address).content.decode()
    found = re.search(rf'rel="{rel}" href="([^"]+)"', page)
    return found[1].replace("&amp;", "&") if found else ""


def walk(office: Client, address: str, rel: str) -> tuple[list[list[str]], str]:
    """Every page from an address on, and the address of the last."""
    pages = []
    while True:
        pages.append(names(office, address))
        following = link(office, address, rel)
        if not following:
            return pages, address
        address = following


@pytest.mark.parametrize("sort", ["name", "-name", "category", "-category", "created", "-created", "tax"])
def test_pages_show_every_row_once_in_any_order_there_and_back(office: Client, world: World, sort: str) -> None:
    make_products(world, 117)
    pages, last = walk(office, f"{PRODUCTS}?sort={sort}", "next")
    there = [name for page in pages for name in page]
    assert len(there) == len(set(there)) == 120
    assert [len(page) for page in pages] == [50, 50, 20]
    back, _first = walk(office, last, "prev")
    assert [name for page in reversed(back) for name in page][-70:] == there[-70:]
    assert back[-1][:50] == there[:50]


def test_rows_without_a_value_come_last_both_ways(office: Client, world: World) -> None:
    make_products(world, 2)
    for sort in ("category", "-category"):
        assert {*names(office, f"{PRODUCTS}?sort={sort}")[-2:]} == {"Item 000", "Item 001"}


def test_a_page_is_not_moved_by_what_is_added_before_it(office: Client, world: World) -> None:
    make_products(world, 60)
    following = link(office, PRODUCTS, "next")
    before = names(office, following)
    make_products(world, 1, name="Aaa {}".format)
    assert names(office, following) == before


def test_words_and_choices_narrow_and_the_answer_for_htmx_carries_a_clean_address(office: Client, world: World) -> None:
    make_products(world, 3)
    asked = f"{PRODUCTS}?q=item+00&category=&state=sold&sort=name&column=name&column=price"
    answer = office.get(asked, headers={"HX-Request": "true"})
    assert NAMES.findall(answer.content.decode()) == ["Item 000", "Item 001", "Item 002"]
    assert answer.headers["HX-Push-Url"] == f"{PRODUCTS}?q=item+00&column=name&column=price"
    assert "<html" not in answer.content.decode()
    assert 'data-label="SKU"' not in answer.content.decode()


def test_nothing_yet_and_nothing_found_are_two_things(office: Client, world: World) -> None:
    assert "Nothing found" in office.get(f"{PRODUCTS}?q=nobody").content.decode()
    assert "No receipts yet" in office.get("/backoffice/sales/").content.decode()


@pytest.mark.parametrize(
    "query",
    ["after=x", "after=WyIxIl0=", "before=W10=", "sort=-nothing", "column=nothing", "first=soon&last=99999-01-01", "state=x",
     "category=7", "store=x", "page=9", "after=WyI1MCIsICJ4IiwgIjEiLCAiOTk5OTk5OTk5OTk5OTk5OTk5OTkiXQ=="],
)  # fmt: skip
def test_what_cannot_be_read_in_an_address_is_left_out(office: Client, world: World, query: str) -> None:
    assert office.get(f"{PRODUCTS}?{query}").status_code == 200
    assert office.get(f"/backoffice/sales/?{query}").status_code == 200


def test_a_view_is_saved_opens_first_and_is_ones_own(office: Client, world: World, other_world: World) -> None:
    make_products(world, 2)
    form = {"list": "inventory.products", "path": PRODUCTS, "query": "q=item", "name": " My  items ", "default": "on"}
    assert office.post("/backoffice/views/", form).headers["Location"] == f"{PRODUCTS}?q=item"
    assert office.get(PRODUCTS).headers["Location"] == f"{PRODUCTS}?q=item"
    page = office.get(f"{PRODUCTS}?view=all").content.decode()
    assert "My items" in page
    assert len(NAMES.findall(page)) == 5
    with acting(business_id=world.business.pk):
        view = SavedView.objects.get()
    stranger = Client()
    stranger.force_login(other_world.owner.user)
    assert stranger.post(f"/backoffice/views/{view.uuid}/delete/").status_code == 404
    assert office.post(f"/backoffice/views/{view.uuid}/delete/", {"path": PRODUCTS}).status_code == 302
    assert office.get(PRODUCTS).status_code == 200


def test_a_view_leads_nowhere_else(office: Client, world: World) -> None:
    form = {"list": "x", "path": "https://evil.example/", "query": "a=1", "name": "V"}
    assert office.post("/backoffice/views/", form).headers["Location"] == "/backoffice/?a=1"


def test_one_view_is_the_default_and_the_same_name_replaces(office: Client, world: World) -> None:
    form = {"list": "inventory.products", "path": PRODUCTS, "query": "q=a", "name": "A", "default": "on"}
    office.post("/backoffice/views/", form)
    office.post("/backoffice/views/", {**form, "name": "B", "query": "q=b"})
    office.post("/backoffice/views/", {**form, "name": "B", "query": "q=c"})
    with acting(business_id=world.business.pk):
        assert list(SavedView.objects.order_by("name").values_list("name", "query", "is_default")) == [
            ("A", "q=a", False), ("B", "q=c", True),
        ]  # fmt: skip


def test_the_file_holds_the_filtered_rows_safely_and_is_audited(office: Client, world: World) -> None:
    from smartpos.audit.models import Entry

    make_products(world, 3, name="=HYPERLINK({})".format)
    answer = office.get(f"{PRODUCTS}?q=hyperlink&export=csv")
    text = b"".join(answer.streaming_content).decode("utf-8-sig")
    assert text.splitlines()[0].startswith("Name,Category,SKU")
    assert text.splitlines()[1].startswith("'=HYPERLINK(0),,")
    assert len(text.splitlines()) == 4
    assert Entry.objects.filter(action="list.exported", subject="inventory.products").count() == 1


@pytest.mark.parametrize(
    ("text", "kept"), [("-1.50", "-1.50"), ("+1", "'+1"), ("-x", "'-x"), ("@a", "'@a"), ("plain", "plain")]
)
def test_a_cell_that_a_spreadsheet_would_run_is_made_text(text: str, kept: str) -> None:
    assert safe(text) == kept


def test_a_bulk_act_reaches_the_chosen_rows_of_ones_own_business_only(office: Client, world: World, other_world: World) -> None:
    mine, foreign = world.products["ESP"], other_world.products["ESP"]
    answer = office.post(f"{PRODUCTS}?view=all", {"act": "archive", "row": [str(mine.uuid), str(foreign.uuid), "x"]})
    assert answer.status_code == 302
    mine.refresh_from_db(from_queryset=type(mine).everywhere.all())
    foreign.refresh_from_db(from_queryset=type(foreign).everywhere.all())
    assert (mine.active, foreign.active) == (False, True)
    assert office.post(PRODUCTS, {"act": "burn", "row": [str(mine.uuid)]}).status_code == 403
    assert office.post(PRODUCTS, {"act": "archive"}).status_code == 302


def test_things_are_counted_and_ledgers_are_not(office: Client, world: World) -> None:
    make_products(world, 57)
    page = re.sub(r"\s+", " ", office.get(PRODUCTS).content.decode())
    assert "1–50 of 60" in page
    assert "51–60 of 60" in re.sub(r"\s+", " ", office.get(link(office, PRODUCTS, "next")).content.decode())
    narrowed = re.sub(r"\s+", " ", office.get(f"{PRODUCTS}?q=Item").content.decode())
    assert "1–50 of 57" in narrowed
    assert not RECEIPTS.counted


def test_beyond_what_is_counted_a_list_says_that_there_are_more(
    office: Client, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_products(world, 57)
    monkeypatch.setattr("smartpos.web.lists.page.MOST_COUNTED", 55)
    assert "of more than 55" in office.get(PRODUCTS).content.decode()
    assert "of 57" in office.get(f"{PRODUCTS}?q=Item").content.decode()
    monkeypatch.setattr("smartpos.web.lists.page.MOST_FOUND", 52)
    assert "of more than 52" in office.get(f"{PRODUCTS}?q=Item").content.decode()


def test_the_button_that_makes_something_stands_last_and_an_empty_list_offers_every_way_to_fill_it(
    client: Client, other_world: World
) -> None:
    client.force_login(other_world.owner.user)
    Product.everywhere.filter(business=other_world.business).update(active=False)
    page = client.get(PRODUCTS).content.decode()
    head = page[page.index("page-head") : page.index('id="list"')]
    assert head.rindex("button--primary") > head.rindex('class="button"')
    empty = page[page.index('class="empty"') :]
    assert "/backoffice/products/new/" in empty
    assert "/backoffice/products/import/" in empty
