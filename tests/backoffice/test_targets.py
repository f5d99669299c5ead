"""Targets: entered for a year of a store at once, kept once, and logged."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.test import Client

from backoffice.models import SalesTarget
from backoffice.services.targets import set_targets
from smartpos.audit.models import Entry
from smartpos.context import acting
from smartpos.errors import DomainError
from tests.world import World

pytestmark = [pytest.mark.django_db, pytest.mark.database]
PAGE = "/backoffice/executive/"
NOVEMBER = date(2026, 11, 1)
NOON = datetime(2026, 11, 24, 11, 0, tzinfo=UTC)


@pytest.fixture
def office(client: Client, world: World) -> Client:
    client.force_login(world.owner.user)
    return client


def set_one(world: World, amount: str) -> list[date]:
    with acting(business_id=world.business.pk, actor_id=world.owner.pk):
        return set_targets(world.store, {NOVEMBER: Decimal(amount)}, by=world.owner, at=NOON)


def test_targets_are_entered_for_twelve_months_with_errors_beside_the_field(office: Client, world: World) -> None:
    address = f"{PAGE}targets/{world.store.uuid}/?year=2027"
    assert [f'name="2027-{n:02}"' in office.get(address).content.decode() for n in range(1, 13)] == [True] * 12
    wrong = office.post(address, {"2027-01": "100", "2027-02": "0", "2027-03": "much"})
    text = wrong.content.decode()
    assert wrong.status_code == 422
    assert "above nought" in text.split('id="id_2027-02_error"')[1].split("</div>")[0]
    assert "Write a number" in text.split('id="id_2027-03_error"')[1].split("</div>")[0]
    assert not SalesTarget.everywhere.exists()
    assert office.post(address, {"2027-01": "100", "2027-02": "2,000.50"}).status_code == 302
    assert dict(SalesTarget.everywhere.values_list("month", "amount")) == {
        date(2027, 1, 1): Decimal(100), date(2027, 2, 1): Decimal("2000.50"),
    }  # fmt: skip
    assert office.post(address, {"2027-01": "", "2027-02": "2,000.50"}).status_code == 302
    assert SalesTarget.everywhere.get().month == date(2027, 2, 1)


def test_the_same_targets_twice_change_nothing_and_what_changed_is_logged(world: World) -> None:
    assert set_one(world, "30")
    assert set_one(world, "30") == []
    assert set_one(world, "31")
    entries = Entry.objects.filter(action="target.changed").order_by("pk")
    assert ['"2026-11":[null,"30.00"]' in entries[0].data, '"2026-11":["30.00","31.00"]' in entries[1].data] == [True, True]
    assert len(entries) == 2
    with acting(business_id=world.business.pk), pytest.raises(DomainError):
        set_targets(world.store, {date(2026, 11, 2): Decimal(5)}, by=world.owner, at=NOON)
    with acting(business_id=world.business.pk), pytest.raises(DomainError):
        set_targets(world.store, {NOVEMBER: Decimal(-5)}, by=world.owner, at=NOON)
