"""A form says everything that is wrong at once, also what stands in its rows, and each with a way to its field."""

import pytest
from django.test import Client

from tests.world import PASSWORD, World

pytestmark = pytest.mark.django_db


@pytest.fixture
def office(client: Client, world: World) -> Client:
    client.force_login(world.owner.user)
    return client


def summary(office: Client, address: str, data: dict[str, str]) -> str:
    """What stands above the form."""
    answer = office.post(address, data)
    assert answer.status_code == 422
    page = answer.content.decode()
    assert 'class="banner banner--danger banner--card problems"' in page
    return page[page.index("banner--card problems") : page.index("</ul>", page.index("banner--card problems"))]


def test_what_is_wrong_in_a_row_is_named_above_and_leads_to_it(office: Client) -> None:
    said = summary(office, "/backoffice/modifiers/new/", {"name": "Sauce", "minimum": "0", "answers-count": "1"})
    assert 'href="#id_answers-0-name"' in said


def test_a_variant_without_a_price_that_is_none_is_named_above(office: Client) -> None:
    said = summary(office, "/backoffice/products/new/", {"variants-count": "1", "variants-0-cost": "dear"})
    assert "variants-0-cost" in said
    assert "Product Name" in said


def test_a_person_with_three_mistakes_is_told_of_all_three(office: Client) -> None:
    said = summary(
        office,
        "/backoffice/employees/new/",
        {"name": "Mirza", "email": "no", "pin": "12", "commission": "150", "role": "cashier"},
    )
    for words in ("Enter a valid email address.", "A PIN has four digits.", "between 0 and 100 per cent"):
        assert words in said


def test_a_form_that_nobody_sent_says_nothing(office: Client) -> None:
    assert "banner--card problems" not in office.get("/backoffice/modifiers/new/").content.decode()


def test_what_is_off_is_not_turned_off_again(client: Client, world: World) -> None:
    client.post("/sign-in/", {"email": "ana@a.example", "password": PASSWORD})
    assert client.get("/account/second-step/off/").headers["Location"] == "/account/"
