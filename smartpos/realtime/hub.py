"""One tail of the events per process, and a bounded queue per stream."""

import asyncio
import logging
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from django.db import DatabaseError, connection

from smartpos.realtime import selectors
from smartpos.realtime.auth import Listener
from smartpos.realtime.selectors import Message

logger = logging.getLogger(__name__)
TICK = 0.1
# Two readings of the tail: one may come all at once, and a stream that still has the one before it is only slow.
QUEUE = 2 * selectors.BATCH
REVOKED = "device.revoked"


class Stream:
    """What one listener asked for, and what waits to be written to it."""

    def __init__(self, listener: Listener, topics: frozenset[str]) -> None:
        self.listener = listener
        self.topics = topics
        self.waiting: list[tuple[int, bytes]] = []
        self.woken = asyncio.Event()
        self.ended = False

    def asks_for(self, message: Message) -> bool:
        """Whether the message is for this listener and of these topics."""
        return self.listener.may_hear(message.business_id, message.store_id) and selectors.wanted(message.name, self.topics)

    def offer(self, message: Message, frame: bytes) -> None:
        """Let it wait for the writer; a stream that is too far behind is ended, and the client resumes by its last id."""
        if not self.asks_for(message):
            return
        if len(self.waiting) >= QUEUE:
            self.end()
        elif not self.ended:
            self.waiting.append((message.position, frame))
            self.woken.set()

    def take(self) -> list[tuple[int, bytes]]:
        """Everything that waits, to be written at once."""
        taken, self.waiting = self.waiting, []
        self.woken.clear()
        return taken

    def end(self) -> None:
        """Close the stream, whatever still waits in it."""
        self.waiting.clear()
        self.ended = True
        self.woken.set()


class Hub:
    """The process's tail: one query a tick, however many streams there are."""

    def __init__(self) -> None:
        self.streams: set[Stream] = set()
        self.position = 0
        self.task: asyncio.Task[None] | None = None
        self.reader = ThreadPoolExecutor(1, thread_name_prefix="events")

    async def read(self, function: Callable[..., Any], *args: Any) -> Any:
        """Run a query in the thread that owns the tail's connection."""
        return await asyncio.get_running_loop().run_in_executor(self.reader, _query, function, *args)

    async def start(self) -> None:
        """Begin at the newest event; what is older is read by those who ask for it."""
        if self.task is None:
            _first, self.position = await self.read(selectors.span)
            self.task = asyncio.create_task(self._tail())

    async def _tail(self) -> None:
        while True:
            await asyncio.sleep(TICK)
            if not self.streams:
                continue
            try:
                messages = await self.read(selectors.after, self.position)
            except DatabaseError:
                logger.warning("the event tail lost the database and tries again", exc_info=True)
                await asyncio.sleep(1.0)
                continue
            for message in messages:
                self._publish(message)
                await asyncio.sleep(0)  # the writers' turn

    def _publish(self, message: Message) -> None:
        self.position = message.position
        frame = message.frame()
        for stream in tuple(self.streams):
            stream.offer(message, frame)
            if message.name == REVOKED and f'"device_id":{stream.listener.device_id},' in f"{message.payload[:-1]},":
                stream.end()

    def close(self) -> None:
        """End every stream, so that a stop does not wait for them."""
        for stream in tuple(self.streams):
            stream.end()
        if self.task is not None:
            self.task.cancel()
            self.task = None


def _query(function: Callable[..., Any], *args: Any) -> Any:
    try:
        return function(*args)
    except DatabaseError:
        connection.close()
        raise
