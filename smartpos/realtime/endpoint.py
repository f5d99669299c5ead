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


async def _missed(stream: Stream, last: int | None) -> tuple[list[Message], bool]:
    """What a returning listener has not seen, and whether its place is lost (older than what is kept)."""
    if last is None:
        return [], False
    first, newest = await hub.read(selectors.span)
    if last > newest or (first and last < first - 1):
        return [], True
    messages: list[Message] = []
    position = last
    while found := await hub.read(selectors.after, position):
        messages += [message for message in found if stream.asks_for(message)]
        position = found[-1].position
    return messages, False


async def _stream(receive: Receive, send: Send, stream: Stream, last: int | None) -> None:
    headers = [
        (b"content-type", b"text/event-stream; charset=utf-8"), (b"cache-control", b"no-store, no-transform"),
        (b"x-accel-buffering", b"no"),
    ]  # fmt: skip
    hub.streams.add(stream)
    gone = asyncio.create_task(_until_gone(receive))
    try:
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        await _write(send, "retry: 1000\n\n")
        seen = last or 0
        missed, lost = await _missed(stream, last)
        if lost:
            await _write(send, "event: reset\ndata: {}\n\n")
        for message in missed:
            await _write(send, _text(message))
            seen = message.position
        await _flow(send, stream, gone, seen)
    finally:
        gone.cancel()
        hub.streams.discard(stream)


async def _flow(send: Send, stream: Stream, gone: "asyncio.Task[None]", seen: int) -> None:
    while not gone.done():
        getter = asyncio.create_task(stream.queue.get())
        done, _pending = await asyncio.wait({getter, gone}, timeout=HEARTBEAT, return_when=asyncio.FIRST_COMPLETED)
        if getter not in done:
            getter.cancel()
            if gone in done:
                return
            await _write(send, ": still here\n\n")
            continue
        message = getter.result()
        if message is None:
            await send({"type": "http.response.body", "body": b"", "more_body": False})
            return
        if message.position > seen:
            await _write(send, _text(message))


async def _until_gone(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass


async def _poll(send: Send, listener: Listener, topics: frozenset[str], last: int | None) -> None:
    stream = Stream(listener, topics)
    messages, lost = await _missed(stream, last)
    _first, newest = await hub.read(selectors.span)
    found = [{"id": m.position, "event": m.name, "data": msgspec.Raw(m.payload.encode())} for m in messages]
    body = msgspec.json.encode({"last": newest, "reset": lost, "events": found})
    await send({"type": "http.response.start", "status": 200, "headers": [(b"content-type", b"application/json")]})
    await send({"type": "http.response.body", "body": body})


def _text(message: Message) -> str:
    return f"id: {message.position}\nevent: {message.name}\ndata: {message.payload}\n\n"


async def _write(send: Send, text: str) -> None:
    await send({"type": "http.response.body", "body": text.encode(), "more_body": True})


async def _refuse(send: Send, status: int, headers: list[tuple[bytes, bytes]] | None = None) -> None:
    await send({"type": "http.response.start", "status": status, "headers": headers or []})
    await send({"type": "http.response.body", "body": b""})
