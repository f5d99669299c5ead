"""Training mode: what is sold for practice is an operation and nothing else."""

from typing import Any

import pytest
from django.apps import apps
from django.test import Client

from pos.models import Receipt
from pos.services.customers import CustomerInput, create_customer
from smartpos.audit.models import Entry
from smartpos.audit.verify import faults
from smartpos.context import acting
from smartpos.operations.models import Operation
from smartpos.outbox.models import OutboxEvent
from smartpos.people.services.places import update_terminal
from tests.till import Till
from tests.world import AT, World, fold

pytestmark = [pytest.mark.django_db, pytest.mark.database]
# What an operation itself writes: the journal, the log, its event, and what the worker keeps of its own way through them.
OF_ITSELF = {
    "operations.Operation", "operations.DeviceJournal", "audit.Entry", "outbox.OutboxEvent", "outbox.Delivery", "outbox.ProjectionState",
}  # fmt: skip


def training(world: World, *, on: bool) -> None:
    with acting(business_id=world.business.pk, actor_id=world.owner.pk):
        update_terminal(world.terminal, by=world.owner, name="Till 1", training=on, at=AT)


@pytest.fixture
def till(world: World) -> Till:
    """Boris's till, which has sold something for real."""
    till = world.till(Client())
    till.open_shift()
    till.post(till.sale([(till.item("ESP"), "1")]))
    return till


def practice(till: Till, **more: Any) -> dict[str, Any]:
    sale = till.sale([(till.item("ESP"), "2"), (till.item("CEV"), "1")], **more)
    till.number -= 1
    sale["body"] |= {"series": "TEST", "number": 1}
    return {**sale, "kind": "training.sale", "shift": None}


def everything() -> dict[str, list[dict[str, Any]]]:
    """Every row of every table but those in which an operation itself stands."""
    models = [model for model in apps.get_models() if model._meta.label not in OF_ITSELF]
    return {model._meta.label: list(model._base_manager.order_by("pk").values()) for model in models}


@pytest.mark.feature("POS-59")
def test_practice_touches_nothing_at_all(world: World, till: Till) -> None:
    """No receipt, payment, stock, drawer, figure, points or customer's history: whatever tables there are."""
    with acting(business_id=world.business.pk, actor_id=world.owner.pk):
        amra = create_customer(CustomerInput(name="Amra", enrolled=True), by=world.owner, at=AT)
    training(world, on=True)
    till.load()
    assert till.snapshot["terminal"]["training"] is True
    fold()
    before = everything()
    sale = practice(till, buyer=str(amra.uuid))
    [answer] = till.post(sale)
    assert (answer["state"], answer["marks"], answer["result"]) == ("done", [], {"receipt": sale["id"], "label": "TEST-1"})
    assert till.post(sale) == [answer]
    fold()
    after = everything()
    assert {name for name in after if after[name] != before[name]} == set()
    assert Operation.everywhere.get(uuid=sale["id"]).kind == "training.sale"
    assert Entry.objects.filter(action="training.sale").count() == 1
    assert not OutboxEvent.objects.filter(name="receipt.booked", payload__contains=sale["id"]).exists()
    assert not list(faults())
    # The numbers of the device go on where they were, and the drawer expects what it did.
    training(world, on=False)
    [real] = till.load().post(till.sale([(till.item("ESP"), "1")]))
    assert (real["state"], real["marks"], real["result"]["label"].partition("-")[2]) == ("done", [], "2")
    assert till.close_shift("104.00")["result"]["difference"] == "0.00"


def test_practice_where_it_was_for_real_is_for_a_manager(world: World, till: Till) -> None:
    [answer] = till.post(practice(till))
    assert (answer["state"], answer["marks"]) == ("review", [{"code": "training_off"}])
    training(world, on=True)
    [early] = till.post(practice(till))  # the till has not heard of it
    assert early["state"] == "review"
    till.load()
    training(world, on=False)
    [late] = till.post(practice(till))  # sold before it heard that practice is over
    assert late["state"] == "done"
    assert Receipt.everywhere.count() == 1


def test_practice_is_reckoned_like_any_sale_and_has_its_own_series(world: World, till: Till) -> None:
    training(world, on=True)
    till.load()
    wrong, series = practice(till), practice(till)
    wrong["body"]["figures"]["total"] = "0.01"
    series["body"]["series"] = till.snapshot["device"]["series"]
    answers = till.post(wrong, series)
    assert [(answer["state"], answer["marks"][0]["code"]) for answer in answers] == [
        ("review", "figures_differ"),
        ("review", "unreadable"),
    ]


def test_what_was_sold_for_real_before_the_till_heard_of_training_is_booked(world: World, till: Till) -> None:
    training(world, on=True)
    [answer] = till.post(till.sale([(till.item("ESP"), "1")]))
    assert (answer["state"], answer["marks"]) == ("done", [])


def test_the_office_turns_it_on_with_a_trace(world: World, till: Till) -> None:
    client = Client()
    client.force_login(world.owner.user)
    address = f"/backoffice/terminals/{world.terminal.uuid}/"
    assert client.post(address, {"name": "Till 1", "training": "on"}).status_code == 302
    assert "Training mode" in client.get(f"/backoffice/stores/{world.store.uuid}/terminals/").content.decode()
    assert "checked" in client.get(address).content.decode()
    assert till.load().snapshot["terminal"] == {"id": str(world.terminal.uuid), "name": "Till 1", "training": True}
    entry = Entry.objects.filter(action="terminal.changed").latest("pk")
    assert "False → True" in entry.data
    assert client.post(address, {"name": "Till 1"}).status_code == 302
    assert till.load().snapshot["terminal"]["training"] is False
