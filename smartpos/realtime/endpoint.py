"""`/events`: a small ASGI application with no Django in the path but one look at who asks (docs/events.md)."""

import asyncio
from collections.abc import Awaitable, Callable, MutableMapping
from http.cookies import CookieError, SimpleCookie
from typing import Any
from urllib.parse import parse_qs

import msgspec

from smartpos.realtime import selectors
from smartpos.realtime.auth import Listener, listener_of
from smartpos.realtime.hub import Hub, Stream
from smartpos.realtime.selectors import Message

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Scope]]
Send = Callable[[Scope], Awaitable[None]]

HEARTBEAT = 15.0
MOST_STREAMS = 1000
MOST_TOPICS = 20
hub = Hub()


async def events(scope: Scope, receive: Receive, send: Send) -> None:
    """Stream events, or answer the polling twin."""
    if scope["method"] != "GET":
        await _refuse(send, 405)
        return
    await hub.start()
    listener = await hub.read(listener_of, _cookies(scope))
    if listener is None:
        await _refuse(send, 401)
        return
    query = parse_qs(scope["query_string"].decode("latin-1"))
    topics = frozenset(topic for topic in query.get("topics", [""])[0].split(",")[:MOST_TOPICS] if topic)
    last = _last_seen(scope, query)
    if scope["path"].rstrip("/").endswith("/poll"):
        await _poll(send, listener, topics, last)
    elif len(hub.streams) >= MOST_STREAMS:
        await _refuse(send, 503, [(b"retry-after", b"10")])
    else:
        await _stream(receive, send, Stream(listener, topics), last)


def _cookies(scope: Scope) -> dict[str, str]:
    jar: SimpleCookie = SimpleCookie()
    for name, value in scope["headers"]:
        if name == b"cookie":
            try:
                jar.load(value.decode("latin-1"))
            except CookieError:
                return {}
    return {key: morsel.value for key, morsel in jar.items()}


def _last_seen(scope: Scope, query: dict[str, list[str]]) -> int | None:
    header = next((value.decode("latin-1") for name, value in scope["headers"] if name == b"last-event-id"), "")
    text = header or query.get("after", [""])[0]
    return int(text) if text.isascii() and text.isdigit() and len(text) < 19 else None


async def _is_lost(last: int) -> bool:
    """Whether a returning listener's place is older than what is kept, or was never given."""
    first, newest = await hub.read(selectors.span)
    return bool(last > newest or (first and last < first - 1))


async def _stream(receive: Receive, send: Send, stream: Stream, last: int | None) -> None:
    headers = [
        (b"content-type", b"text/event-stream; charset=utf-8"), (b"cache-control", b"no-store, no-transform"),
        (b"x-accel-buffering", b"no"),
    ]  # fmt: skip
    hub.streams.add(stream)
    gone = asyncio.create_task(_until_gone(receive))
    gone.add_done_callback(lambda _task: stream.end())
    try:
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        await _write(send, b"retry: 1000\n\n")
        await _flow(send, stream, await _replay(send, stream, last))
        if not gone.done():
            await send({"type": "http.response.body", "body": b"", "more_body": False})
    finally:
        gone.cancel()
        hub.streams.discard(stream)


async def _replay(send: Send, stream: Stream, last: int | None) -> int:
    """Write what a returning listener has missed; answers the position that it has seen by then."""
    if last is None:
        return 0
    if await _is_lost(last):
        await _write(send, b"event: reset\ndata: {}\n\n")
        return 0
    while not stream.ended and (found := await hub.read(selectors.after, last)):
        await _write(send, b"".join(message.frame() for message in found if stream.asks_for(message)))
        last = found[-1].position
    return last


async def _flow(send: Send, stream: Stream, seen: int) -> None:
    """Write what comes in, all that waits at once, until the stream ends; a sign of life while nothing comes."""
    while True:
        try:
            async with asyncio.timeout(HEARTBEAT):
                await stream.woken.wait()
        except TimeoutError:
            await _write(send, b": still here\n\n")
            continue
        if stream.ended:
            return
        await _write(send, b"".join(frame for position, frame in stream.take() if position > seen))


async def _until_gone(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass


async def _poll(send: Send, listener: Listener, topics: frozenset[str], last: int | None) -> None:
    """What is new for this listener, at most about a batch; `last` says where the next question begins."""
    stream, found = Stream(listener, topics), list[Message]()
    lost = last is not None and await _is_lost(last)
    if last is None or lost:
        _first, last = await hub.read(selectors.span)
    else:
        while len(found) < selectors.BATCH and (batch := await hub.read(selectors.after, last)):
            found += [message for message in batch if stream.asks_for(message)]
            last = batch[-1].position
    events = [{"id": m.position, "event": m.name, "data": msgspec.Raw(m.payload.encode())} for m in found]
    body = msgspec.json.encode({"last": last, "reset": lost, "events": events})
    await send({"type": "http.response.start", "status": 200, "headers": [(b"content-type", b"application/json")]})
    await send({"type": "http.response.body", "body": body})


async def _write(send: Send, text: bytes) -> None:
    if text:
        await send({"type": "http.response.body", "body": text, "more_body": True})


async def _refuse(send: Send, status: int, headers: list[tuple[bytes, bytes]] | None = None) -> None:
    await send({"type": "http.response.start", "status": status, "headers": headers or []})
    await send({"type": "http.response.body", "body": b""})
