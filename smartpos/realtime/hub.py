"""One tail of the events per process, and a bounded queue per stream."""

import asyncio
import logging
from collections import deque
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from django.db import DatabaseError, connection

from smartpos.realtime import selectors
from smartpos.realtime.auth import Listener
from smartpos.realtime.selectors import Message

logger = logging.getLogger(__name__)
TICK = 0.1
RING = 500
QUEUE = 100
REVOKED = "device.revoked"


class Stream:
    """What one listener asked for; None in the queue ends it."""

    def __init__(self, listener: Listener, topics: frozenset[str]) -> None:
        self.listener = listener
        self.topics = topics
        self.queue: asyncio.Queue[Message | None] = asyncio.Queue(QUEUE)

    def asks_for(self, message: Message) -> bool:
        """Whether the message is for this listener and of these topics."""
        return self.listener.may_hear(message.business_id, message.store_id) and selectors.wanted(message.name, self.topics)

    def offer(self, message: Message) -> None:
        """Put it in the queue; one that is full is ended, and the client resumes by its last id."""
        if self.queue.full():
            self.end()
        elif self.asks_for(message):
            self.queue.put_nowait(message)

    def end(self) -> None:
        """Close the stream, whatever still waits in it."""
        while not self.queue.empty():
            self.queue.get_nowait()
        self.queue.put_nowait(None)


class Hub:
    """The process's tail: one query a tick, however many streams there are."""

    def __init__(self) -> None:
        self.streams: set[Stream] = set()
        self.ring: deque[Message] = deque(maxlen=RING)
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

    def _publish(self, message: Message) -> None:
        self.position = message.position
        self.ring.append(message)
        for stream in tuple(self.streams):
            stream.offer(message)
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
