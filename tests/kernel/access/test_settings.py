"""Settings: one declaration, a cascade, a cache that is never older than a request, saves that are whole."""

from collections.abc import Iterator
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import pytest

from smartpos.access import config, settings
from smartpos.access.kinds import Choice, Colour, Flag, Number, Text, Whole
from smartpos.access.models import AccessVersion, SettingValue
from smartpos.access.services.settings import set_values
from smartpos.access.settings import DEVICE, Setting, UnknownSetting, declare_settings, value
from smartpos.audit.models import Entry
from smartpos.context import acting
from smartpos.errors import DomainError
from smartpos.people.scope import NoTenant
from smartpos.people.services.places import create_store
from tests.architecture.queries import statements
from tests.world import World

pytestmark = [pytest.mark.django_db, pytest.mark.database]
AT = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _declared() -> Iterator[None]:
    kept = dict(settings._settings)
    declare_settings(
        Setting("test.flag", Flag(), default=False, label="Flag"),
        Setting("test.count", Whole(least=1, most=9), default=3, label="Count", levels=DEVICE, till=True),
        Setting("test.rate", Number(most=Decimal(100)), default=Decimal("2.5"), label="Rate"),
        Setting("test.word", Text(longest=5, required=True), default="abc", label="Word"),
        Setting("test.mode", Choice((("a", "A"), ("b", "B"))), default="a", label="Mode"),
        Setting("test.colour", Colour(), default="#4CAF50", label="Colour"),
    )
    yield
    settings._settings.clear()
    settings._settings.update(kept)


def save(world: World, values: dict[str, Any], **where: Any) -> list[str]:
    with acting(business_id=world.business.pk, actor_id=world.owner.pk):
        return set_values(values, by=world.owner, at=AT, **where)


def read(world: World, code: str, **where: Any) -> Any:
    with acting(business_id=world.business.pk):
        return value(code, **where)


def test_the_nearest_level_that_says_something_wins(world: World) -> None:
    device, _token = world.enrol()
    with acting(business_id=world.business.pk):
        other = create_store(by=world.owner, name="Second", code="S2", currency="BAM", time_zone="UTC", at=AT)
    assert read(world, "test.count", device=device) == 3
    save(world, {"test.count": 4})
    assert read(world, "test.count", device=device) == 4
    save(world, {"test.count": 5}, store=world.store)
    assert [read(world, "test.count", **where) for where in ({}, {"store": world.store}, {"store": other}, {"device": device})] == [
        4, 5, 4, 5,
    ]  # fmt: skip
    save(world, {"test.count": 6}, device=device)
    assert read(world, "test.count", device=device) == 6
    assert read(world, "test.count", store=world.store) == 5
    save(world, {"test.count": None}, device=device)
    save(world, {"test.count": None}, store=world.store)
    assert read(world, "test.count", device=device) == 4


def test_another_business_keeps_its_own(world: World, other_world: World) -> None:
    save(world, {"test.flag": True})
    assert read(world, "test.flag") is True
    assert read(other_world, "test.flag") is False


def test_exact_values_come_back_as_they_went(world: World) -> None:
    save(world, {"test.rate": Decimal("12.30"), "test.colour": "#ff9800", "test.mode": "b"})
    assert read(world, "test.rate") == Decimal("12.3")
    assert read(world, "test.colour") == "#FF9800"
    assert read(world, "test.mode") == "b"
    assert SettingValue.everywhere.get(code="test.rate").value == "12.3"


@pytest.mark.parametrize(
    ("code", "wrong"),
    [
        ("test.count", 0), ("test.count", 10), ("test.rate", Decimal("100.01")), ("test.rate", Decimal("1.234")),
        ("test.rate", "x"), ("test.rate", Decimal("NaN")), ("test.word", ""), ("test.word", "abcdef"), ("test.mode", "c"),
        ("test.colour", "red"), ("test.colour", "#12345"),
    ],
)  # fmt: skip
def test_what_a_kind_does_not_take_is_refused_beside_its_field_and_nothing_is_saved(
    world: World, code: str, wrong: Any
) -> None:
    with pytest.raises(DomainError) as refusal:
        save(world, {"test.flag": True, code: wrong})
    assert refusal.value.field == code
    assert read(world, "test.flag") is False
    assert not SettingValue.everywhere.exists()


def test_a_setting_of_the_business_cannot_be_a_stores(world: World) -> None:
    with pytest.raises(DomainError):
        save(world, {"test.flag": True}, store=world.store)


@pytest.mark.feature("SET-21")
def test_a_save_is_audited_with_old_and_new(world: World) -> None:
    save(world, {"test.rate": Decimal(5), "test.flag": True})
    changed = save(world, {"test.rate": Decimal(7), "test.flag": True})
    assert changed == ["test.rate"]
    entries = Entry.objects.filter(business_id=world.business.pk, action="settings.changed").order_by("pk")
    assert len(entries) == 2
    assert '"test.rate":["5","7"]' in entries[1].data
    assert entries[1].actor_id == world.owner.pk


def test_saving_what_is_there_already_writes_no_entry(world: World) -> None:
    save(world, {"test.flag": True})
    assert save(world, {"test.flag": True}) == []
    assert Entry.objects.filter(business_id=world.business.pk, action="settings.changed").count() == 1


def test_one_request_asks_once_and_a_later_one_sees_what_another_process_saved(world: World) -> None:
    save(world, {"test.count": 4})
    with acting(business_id=world.business.pk, request_id="one"):
        assert value("test.count") == 4
        assert statements(lambda: (value("test.count"), value("test.rate"))) == []
        # Another process: it knows nothing of our memory.
        SettingValue.everywhere.filter(code="test.count").update(value="7")
        AccessVersion.everywhere.update(state="0192f0c1-7e6a-7000-8000-000000000001")
        assert value("test.count") == 4
    with acting(business_id=world.business.pk, request_id="two"):
        assert value("test.count") == 7


def test_a_request_sees_its_own_save(world: World) -> None:
    with acting(business_id=world.business.pk, actor_id=world.owner.pk, request_id="one"):
        assert value("test.count") == 3
        set_values({"test.count": 8}, by=world.owner, at=AT)
        assert value("test.count") == 8


def test_an_unchanged_state_costs_one_statement_a_request(world: World) -> None:
    save(world, {"test.count": 4})
    assert read(world, "test.count") == 4
    with acting(business_id=world.business.pk, request_id="three"):
        assert len(statements(lambda: [value("test.count") for _ in range(5)])) == 1


def test_no_business_no_setting(world: World) -> None:
    with pytest.raises(NoTenant):
        value("test.count")


def test_an_unknown_code_is_a_programmers_error(world: World) -> None:
    with pytest.raises(UnknownSetting):
        read(world, "test.nothing")
    with pytest.raises(UnknownSetting):
        declare_settings(Setting("test.flag", Flag(), default=True, label="Again"))


def test_the_memory_of_a_process_has_an_end(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(config, "MAX_BUSINESSES", 1)
    monkeypatch.setattr(config, "_known", {})
    save(world, {"test.count": 4})
    config._remember(10**9, config.NOTHING)
    assert set(config._known) == {10**9}
    assert read(world, "test.count") == 4
