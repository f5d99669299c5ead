"""From ASGI to WSGI in one hop: the body is read in the loop, the whole request runs in one thread, two messages go back.

Django's own ASGI handler hops several times a request and costs the pages half their speed.
"""

import asyncio
import contextvars
import io
import sys
from collections.abc import Awaitable, Callable, Iterable, MutableMapping
from concurrent.futures import ThreadPoolExecutor
from typing import Any
from urllib.parse import unquote_to_bytes

from smartpos.errors import TOO_LARGE

Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
Headers = list[tuple[bytes, bytes]]
Wsgi = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]


class TooLarge(Exception):
    """The body passes the limit."""


class Gone(Exception):
    """The client left before its request was whole."""


class Bridge:
    """An ASGI application for `http` scopes that runs a WSGI one in threads."""

    def __init__(self, wsgi: Wsgi, *, threads: int, limit: int, proxies: Iterable[str] = ()) -> None:
        self.wsgi = wsgi
        self.limit = limit
        self.proxies = frozenset(proxies)
        self.pool = ThreadPoolExecutor(threads, thread_name_prefix="page")

    async def __call__(self, scope: Message, receive: Receive, send: Send) -> None:
        try:
            body = await self._read(receive)
        except Gone:
            return
        except TooLarge:
            # The pages answer: they know the person's language and the way back. What came is dropped.
            scope, body = {**scope, TOO_LARGE: True}, b""
        loop, context = asyncio.get_running_loop(), contextvars.Context()
        status, headers, content = await loop.run_in_executor(self.pool, context.run, self._run, scope, body)
        await _answer(send, status, headers, content)

    async def _read(self, receive: Receive) -> bytes:
        parts, size = [], 0
        while True:
            message = await receive()
            if message["type"] == "http.disconnect":
                raise Gone
            part = message.get("body", b"")
            size += len(part)
            if size > self.limit:
                raise TooLarge
            parts.append(part)
            if not message.get("more_body"):
                return b"".join(parts)

    def _run(self, scope: Message, body: bytes) -> tuple[int, Headers, bytes]:
        started: list[tuple[int, Headers]] = []

        def start_response(status: str, headers: list[tuple[str, str]], _error: Any = None) -> None:
            pairs = [(name.lower().encode("latin-1"), value.encode("latin-1")) for name, value in headers]
            started[:] = [(int(status.split(" ", 1)[0]), pairs)]

        result = self.wsgi(self._environ(scope, body), start_response)
        try:
            content = b"".join(result)
        finally:
            # Fires request_finished: connections are kept or returned, nothing outlives the request.
            close = getattr(result, "close", None)
            if close is not None:
                close()
        status, headers = started[0]
        return status, headers, b"" if scope["method"] == "HEAD" else content

    def _environ(self, scope: Message, body: bytes) -> dict[str, Any]:
        host, port = scope.get("server") or ("localhost", 80)
        raw = scope.get("raw_path") or scope["path"].encode()
        environ: dict[str, Any] = {
            "REQUEST_METHOD": scope["method"],
            "SCRIPT_NAME": "",
            "PATH_INFO": unquote_to_bytes(raw.split(b"?")[0]).decode("latin-1"),
            "QUERY_STRING": scope["query_string"].decode("latin-1"),
            "SERVER_PROTOCOL": f"HTTP/{scope['http_version']}",
            "SERVER_NAME": host,
            "SERVER_PORT": str(port or 80),
            "REMOTE_ADDR": (scope.get("client") or ("", 0))[0],
            "CONTENT_LENGTH": str(len(body)),
            TOO_LARGE: bool(scope.get(TOO_LARGE)),
            "wsgi.version": (1, 0),
            "wsgi.url_scheme": scope.get("scheme", "http"),
            "wsgi.input": io.BytesIO(body),
            "wsgi.errors": sys.stderr,
            "wsgi.multithread": True,
            "wsgi.multiprocess": True,
            "wsgi.run_once": False,
        }
        for name, value in scope["headers"]:
            _put_header(environ, name, value)
        self._trust_proxy(environ)
        return environ

    def _trust_proxy(self, environ: dict[str, Any]) -> None:
        """The client's address as a trusted front saw it; what a stranger claims is dropped."""
        forwarded = environ.get("HTTP_X_FORWARDED_FOR", "")
        if environ["REMOTE_ADDR"] in self.proxies:
            if forwarded:
                environ["REMOTE_ADDR"] = forwarded.rsplit(",", 1)[-1].strip()
            return
        for name in ("HTTP_X_FORWARDED_FOR", "HTTP_X_FORWARDED_PROTO", "HTTP_X_FORWARDED_HOST"):
            environ.pop(name, None)


def _put_header(environ: dict[str, Any], name: bytes, value: bytes) -> None:
    text = value.decode("latin-1")
    if name == b"content-type":
        environ["CONTENT_TYPE"] = text
        return
    if name == b"content-length" or b"_" in name:
        return
    key = "HTTP_" + name.decode("latin-1").upper().replace("-", "_")
    if key in environ:
        environ[key] += ("; " if key == "HTTP_COOKIE" else ",") + text
    else:
        environ[key] = text


async def _answer(send: Send, status: int, headers: Headers, content: bytes) -> None:
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": content})
