"""`/events` as its clients meet it: in order, nothing lost and nothing twice, only one's own, however many come at once."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import msgspec
import pytest
from django.db import connection, connections, transaction

from smartpos.context import acting
from smartpos.outbox.events import Event
from smartpos.outbox.models import OutboxEvent
from smartpos.outbox.relay import relay
from smartpos.outbox.services import publish
from smartpos.people.services.devices import revoke
from smartpos.realtime import endpoint
from smartpos.realtime.hub import QUEUE, Hub
from tests.world import World

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.database, pytest.mark.events]


@dataclass(frozen=True, kw_only=True, slots=True)
class Rung(Event):
    name = "bell.rung"
    version = 1
    n: int


@pytest.fixture
def hub(monkeypatch: pytest.MonkeyPatch) -> Iterator[Hub]:
    """A hub of this test's own; its thread gives its connection back."""
    made = Hub()
    monkeypatch.setattr(endpoint, "hub", made)
    yield made
    made.reader.submit(connections.close_all).result()
    made.reader.shutdown()


@pytest.fixture
def token(world: World) -> str:
    return world.enrol()[1]


def ring(world: World, numbers: range, store: int | None = None) -> None:
    """Events of a business, placed."""
    with transaction.atomic():
        for n in numbers:
            publish(Rung(business_id=world.business.pk, store_id=store, shard="bell", n=n))
    while relay():
        pass


class Ear:
    """One stream: what has been written to it, and a way to stop reading."""

    def __init__(self) -> None:
        self.status = 0
        self.text = ""
        self.closed = False
        self.reads = asyncio.Event()
        self.reads.set()

    async def send(self, message: dict[str, Any]) -> None:
        """What the server writes; it waits where nobody reads."""
        await self.reads.wait()
        if message["type"] == "http.response.start":
            self.status = message["status"]
        else:
            self.text += message["body"].decode()
            self.closed = not message.get("more_body", False)

    @property
    def heard(self) -> list[int]:
        """The numbers that have come, as they came."""
        datas = [line[6:] for line in self.text.splitlines() if line.startswith("data: ")]
        return [msgspec.json.decode(data)["n"] for data in datas if '"n"' in data]

    @property
    def last_id(self) -> str:
        """Where a client that loses this stream goes on."""
        return [line[4:] for line in self.text.splitlines() if line.startswith("id: ")][-1]

    async def until(self, true: Callable[[], bool]) -> None:
        """Wait for something to be so."""
        for _ in range(2000):
            if true():
                return
            await asyncio.sleep(0.01)
        raise TimeoutError


def scope(
    token: str, query: str = "topics=bell.*", path: str = "/events", last: str = "", method: str = "GET"
) -> dict[str, Any]:
    headers = [(b"cookie", f"smartpos_events={token}".encode())] + ([(b"last-event-id", last.encode())] if last else [])
    return {"type": "http", "method": method, "path": path, "query_string": query.encode(), "headers": headers}


@asynccontextmanager
async def listening(token: str, **how: Any) -> AsyncIterator[Ear]:
    """A stream that is open; leaving hangs up."""
    ear, gone = Ear(), asyncio.Event()

    async def receive() -> dict[str, Any]:
        await gone.wait()
        return {"type": "http.disconnect"}

    task = asyncio.create_task(endpoint.events(scope(token, **how), receive, ear.send))  # type: ignore[arg-type]
    await ear.until(lambda: bool(ear.text) or task.done())
    yield ear
    gone.set()
    ear.reads.set()
    async with asyncio.timeout(5):
        await task


def run(scene: Callable[[], Awaitable[None]]) -> None:
    """Play a scene in a loop of its own; the hub's tail ends with it."""

    async def play() -> None:
        try:
            await scene()
        finally:
            endpoint.hub.close()

    asyncio.run(play())


async def later(function: Callable[..., None], *args: Any) -> None:
    """Write in another thread, as another process would."""

    def work() -> None:
        try:
            function(*args)
        finally:
            connection.close()

    await asyncio.to_thread(work)


def test_what_comes_all_at_once_reaches_every_stream_in_order(world: World, hub: Hub, token: str) -> None:
    async def scene() -> None:
        async with listening(token) as one, listening(token) as two:
            await later(ring, world, range(700))
            for ear in (one, two):
                await ear.until(lambda ear=ear: len(ear.heard) >= 700)  # type: ignore[misc]
                assert ear.heard == list(range(700))
                assert not ear.closed
        assert hub.streams == set()

    run(scene)


def test_a_reader_that_falls_far_behind_is_let_go_and_resumes_without_gap_or_repeat(world: World, hub: Hub, token: str) -> None:
    async def scene() -> None:
        async with listening(token) as slow:
            await later(ring, world, range(3))
            await slow.until(lambda: len(slow.heard) == 3)
            slow.reads.clear()
            await later(ring, world, range(3, QUEUE + 600))
            await slow.until(lambda: all(stream.ended for stream in hub.streams))
            slow.reads.set()
            await slow.until(lambda: slow.closed)
        assert slow.heard == list(range(len(slow.heard)))
        async with listening(token, last=slow.last_id) as again:
            await later(ring, world, range(QUEUE + 600, QUEUE + 605))
            await again.until(lambda: bool(again.heard) and again.heard[-1] == QUEUE + 604)
            assert slow.heard + again.heard == list(range(QUEUE + 605))

    run(scene)


def test_only_what_is_ones_own_and_asked_for_comes(world: World, other_world: World, hub: Hub, token: str) -> None:
    async def scene() -> None:
        async with listening(token) as ear, listening(token, query="topics=receipt.*") as deaf:
            await later(ring, other_world, range(100, 103))
            await later(ring, world, range(200, 203), world.store.pk + 1000)
            await later(ring, world, range(2), world.store.pk)
            await later(ring, world, range(2, 4))
            await ear.until(lambda: len(ear.heard) >= 4)
            await asyncio.sleep(0.3)
            assert ear.heard == [0, 1, 2, 3]
            assert deaf.heard == []

    run(scene)


@pytest.mark.parametrize("last", ["9999999", "1"])
def test_a_place_that_is_not_kept_any_more_says_so(world: World, hub: Hub, token: str, last: str) -> None:
    ring(world, range(5))
    OutboxEvent.objects.filter(position__lte=OutboxEvent.objects.order_by("-position")[2].position).delete()

    async def scene() -> None:
        async with listening(token, last=last) as ear:
            await ear.until(lambda: "event: reset" in ear.text)
            await later(ring, world, range(5, 6))
            await ear.until(lambda: ear.heard == [5])

    run(scene)


def test_the_polling_twin_brings_the_same_in_parts(world: World, hub: Hub, token: str) -> None:
    async def asked(after: int | None) -> dict[str, Any]:
        query = "topics=bell.*" + (f"&after={after}" if after is not None else "")
        async with listening(token, path="/events/poll", query=query) as ear:
            return msgspec.json.decode(ear.text)  # type: ignore[no-any-return]

    async def scene() -> None:
        first = await asked(None)
        assert (first["events"], first["reset"]) == ([], False)
        await later(ring, world, range(1200))
        found, last = [], first["last"]
        while part := await asked(last):
            if not part["events"]:
                break
            assert len(part["events"]) <= 1000
            found += [event["data"]["n"] for event in part["events"]]
            last = part["last"]
        assert found == list(range(1200))
        assert (await asked(last + 10_000))["reset"] is True

    run(scene)


def test_a_revoked_device_hears_no_more(world: World, hub: Hub) -> None:
    device, token = world.enrol()

    def taken_away() -> None:
        with acting(business_id=world.business.pk, actor_id=world.owner.pk):
            revoke(device, at=datetime.now(UTC))
        relay()

    async def scene() -> None:
        async with listening(token) as ear:
            await later(taken_away)
            await ear.until(lambda: ear.closed)

    run(scene)


def test_who_may_not_is_refused(world: World, hub: Hub, token: str, monkeypatch: pytest.MonkeyPatch) -> None:
    async def status(token: str, **how: Any) -> int:
        async with listening(token, **how) as ear:
            return ear.status

    async def scene() -> None:
        monkeypatch.setattr(endpoint, "MOST_STREAMS", 0)
        refused = [await status("not-a-token"), await status(token, method="POST"), await status(token)]
        assert refused == [401, 405, 503]

    run(scene)
