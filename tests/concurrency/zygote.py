"""Servers that can be killed two hundred times a minute: one process imports the product once and forks a server per life.

Each child is the product's own application under granian; a small layer of this file, and of no product file, kills the process
where the request's `X-Test-Fault` says: `before` (nothing was read), `statement:7` (before the seventh statement), `answer`
(committed, not a byte sent).

    python -m tests.concurrency.zygote      reads ports from standard input, forks a server on each, answers its pid
"""

import asyncio
import os
import signal
import sys
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

Message = MutableMapping[str, Any]


class Fault:
    """What is to go wrong in the request going on; one request at a time is sent with a fault."""

    statements = 0


def die() -> None:
    """As by a power cut: no handler runs, nothing is flushed."""
    os.kill(os.getpid(), signal.SIGKILL)


def count_statements(execute: Callable[..., Any], *arguments: Any) -> Any:
    """Django's hook around every statement."""
    if Fault.statements:
        Fault.statements -= 1
        if not Fault.statements:
            die()
    return execute(*arguments)


def watch(connection: Any, **_more: Any) -> None:
    """Put the hook on a connection that was just made."""
    if count_statements not in connection.execute_wrappers:
        connection.execute_wrappers.append(count_statements)


def faulty(application: Callable[..., Awaitable[None]]) -> Callable[..., Awaitable[None]]:
    """The application, with the faults that its requests ask for."""

    async def run(scope: Message, receive: Any, send: Any) -> None:
        headers = dict(scope.get("headers", ())) if scope["type"] == "http" else {}
        kind, _, number = headers.get(b"x-test-fault", b"").decode().partition(":")
        if kind == "before":
            die()
        Fault.statements = int(number or 0)

        async def deliver(message: Message) -> None:
            if kind == "answer":
                die()
            await send(message)

        await application(scope, receive, deliver)

    return run


def serve(port: int) -> None:
    """One life."""
    from granian.constants import Interfaces
    from granian.server.embed import Server

    from smartpos.asgi import application

    server = Server(faulty(application), port=port, interface=Interfaces.ASGI, log_enabled=False, websockets=False)
    asyncio.run(server.serve())


def main() -> None:
    """Import everything, then fork on demand."""
    from django.db.backends.signals import connection_created
    from django.urls import get_resolver

    import smartpos.asgi  # noqa: F401 - the children find it imported

    _views = get_resolver().url_patterns
    connection_created.connect(watch, weak=False)
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    print("ready", flush=True)  # noqa: T201
    for line in sys.stdin:
        pid = os.fork()
        if not pid:
            serve(int(line))
            os._exit(0)
        print(pid, flush=True)  # noqa: T201


if __name__ == "__main__":
    main()
