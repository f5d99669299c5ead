"""A shop's catalogue at hand: `act` runs as the owner of business A."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.test import Client

from smartpos.context import acting
from tests.world import AT, PASSWORD, World

Given = dict[str, Any]


@pytest.fixture
def by(world: World) -> Iterator[Given]:
    """Who and when, inside the owner's act."""
    with acting(business_id=world.business.pk, actor_id=world.owner.pk):
        yield {"by": world.owner, "at": AT}


@pytest.fixture
def office(client: Client, world: World) -> Client:
    """Ana, signed in."""
    client.post("/sign-in/", {"email": "ana@a.example", "password": PASSWORD})
    return client


@pytest.fixture
def row_of(world: World) -> Callable[[str], Any]:
    """The row of an item as a till of the first store gets it in a fresh snapshot; None when it is gone."""

    def row(key: str, kind: str = "item") -> Any:
        from smartpos.operations.snapshot import snapshot

        with acting(business_id=world.business.pk):
            rows = dict(snapshot(world.store, None).rows.get(kind, []))
        import msgspec

        return msgspec.json.decode(rows[key]) if key in rows else None

    return row
