"""One run of the sale through HTTP, in a process of its own whose DATABASE_URL says where: prints its figures as one JSON line.

DATABASE_URL=… python -m bench.sale_run --clients 8 --seconds 5 [--streams 100]
"""

import argparse
import json
import multiprocessing
import os
import selectors
import socket
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from multiprocessing.queues import Queue
from multiprocessing.synchronize import Event
from typing import cast
from uuid import UUID

import django

PRODUCTS = 10_000
WARM = 15


def main() -> None:
    """Prepare, serve, load, and print."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--clients", type=int, default=8)
    parser.add_argument("--seconds", type=float, default=5.0)
    parser.add_argument("--most", type=int, default=450, help="sales a second to prepare for")
    parser.add_argument("--streams", type=int, default=0)
    options = parser.parse_args()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "smartpos.settings")
    django.setup()
    print(json.dumps(run(options.clients, options.seconds, options.most, options.streams)))  # noqa: T201


def run(clients: int, seconds: float, most: int, streams: int) -> dict[str, float]:
    """The figures of one run."""
    from django.conf import settings  # noqa: PLC0415 - Django is set up by now
    from django.core.management import call_command  # noqa: PLC0415
    from django.db import connection, connections  # noqa: PLC0415

    from bench import sale_limit, sale_world  # noqa: PLC0415

    settings.ALLOWED_HOSTS = ["*"]
    call_command("migrate", verbosity=0)
    _world, (counted, *sellers) = sale_world.shop(PRODUCTS, clients + 1)
    asked = sale_world.statements_of_a_sale(counted)
    sale_world.prepare(sellers, WARM + int(most * seconds / clients) + 1)
    postgres = connection.vendor == "postgresql"
    if postgres:
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE")
    connections.close_all()
    with server() as port, worker(wanted=bool(streams)):
        host = f"127.0.0.1:{port}"
        requests = [[sale_world.http_request(s, body, host) for body in s.sales] for s in sellers]
        with listeners(port, sellers[0].token, streams) as held:
            times, bad = load(port, requests, seconds)
            time.sleep(1.0 if streams else 0.0)  # the last events are on their way
            alive = held()
    figures = summary(times, seconds, bad)
    figures["streams"], figures["statements"] = alive, asked
    if postgres:
        first = [UUID(json.loads(s.sales[0])["operations"][0]["id"]) for s in sellers]
        figures["limit"] = sale_limit.limit(dsn(), first, seconds=seconds, first=10_000_000)
    return figures


def dsn() -> str:
    """The database as a bare client names it."""
    return os.environ["DATABASE_URL"]


def summary(times: list[float], seconds: float, bad: int) -> dict[str, float]:
    """Rate and slowest hundredth, in milliseconds."""
    times.sort()
    return {"per_s": len(times) / seconds, "p99_ms": times[int(len(times) * 0.99)] * 1000, "bad": bad, "sales": len(times)}


@contextmanager
def server() -> Iterator[int]:
    """The product's own server on a free port."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [
        sys.executable, "-m", "granian", "--interface", "asgi", "--host", "127.0.0.1", "--port", str(port), "--workers", "2",
        "--backpressure", "2048", "--workers-kill-timeout", "3", "--log-level", "error", "smartpos.asgi:application",
    ]  # fmt: skip
    process = subprocess.Popen(command, env={**os.environ, "SMARTPOS_LOG_LEVEL": "ERROR"})  # noqa: S603 - our own server
    try:
        wait_for(port)
        yield port
    finally:
        process.terminate()
        process.wait(timeout=15)


@contextmanager
def worker(*, wanted: bool) -> Iterator[None]:
    """The product's own worker, which relays events to the streams; only where somebody listens."""
    if not wanted:
        yield
        return
    command = [sys.executable, "-m", "smartpos.worker"]
    process = subprocess.Popen(command, env={**os.environ, "SMARTPOS_LOG_LEVEL": "ERROR"})  # noqa: S603 - our own worker
    try:
        wait_for_relay()
        yield
    finally:
        process.terminate()
        process.wait(timeout=30)


def wait_for_relay() -> None:
    """Until the worker has placed the events that making the shop left."""
    from django.db import connections  # noqa: PLC0415 - Django is set up by now

    from smartpos.outbox.models import OutboxEvent  # noqa: PLC0415

    for _ in range(600):
        if not OutboxEvent.objects.filter(position__isnull=True).exists():
            connections.close_all()
            return
        time.sleep(0.1)
    raise TimeoutError("the worker did not start")


def wait_for(port: int) -> None:
    """Until the health page answers."""
    for _ in range(200):
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{port}/health", timeout=2).close()
        except urllib.error.HTTPError:
            return  # it answers; that nobody relays is right, no worker runs here
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise TimeoutError("the server did not start")


@contextmanager
def listeners(port: int, token: str, count: int) -> Iterator[Callable[[], int]]:
    """Hold event streams open and read them; calling the value counts those that are open and have brought a receipt."""
    ears = selectors.DefaultSelector()
    heard: dict[socket.socket, bool] = {}
    for _ in range(count):
        line = socket.create_connection(("127.0.0.1", port))
        line.sendall(
            f"GET /events?topics=receipt.* HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n"
            f"Cookie: smartpos_events={token}\r\n\r\n".encode()
        )
        ears.register(line, selectors.EVENT_READ)
        heard[line] = False
    over = threading.Event()
    reader = threading.Thread(target=_read, args=(ears, heard, over))
    reader.start()
    try:
        yield lambda: sum(heard.values())
    finally:
        over.set()
        reader.join()
        for line in heard:
            line.close()


def _read(ears: selectors.BaseSelector, heard: dict[socket.socket, bool], over: threading.Event) -> None:
    """Read whatever comes; a stream that was closed counts for nothing."""
    while not over.is_set():
        for key, _events in ears.select(timeout=0.2):
            line = cast(socket.socket, key.fileobj)
            chunk = line.recv(65536)
            heard[line] = b"event: receipt.booked" in chunk or (bool(chunk) and heard[line])
            if not chunk:
                ears.unregister(line)
        time.sleep(0.05)  # what comes meanwhile is read at once: the readers must not cost what the server needs


def load(port: int, requests: list[list[bytes]], seconds: float) -> tuple[list[float], int]:
    """All clients at once for so many seconds; answers what each sale took, and how many were not booked."""
    context = multiprocessing.get_context("fork")
    start, out = context.Event(), context.Queue()
    clients = [context.Process(target=_client, args=(port, r, start, seconds, out)) for r in requests]
    for client in clients:
        client.start()
    time.sleep(2.0)
    start.set()
    results = [out.get(timeout=seconds + 60) for _ in clients]
    for client in clients:
        client.join()
    return [t for times, _bad in results for t in times], sum(bad for _times, bad in results)


def _client(port: int, requests: list[bytes], start: Event, seconds: float, out: "Queue[tuple[list[float], int]]") -> None:
    line = socket.create_connection(("127.0.0.1", port))
    line.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    times: list[float] = []
    bad = 0
    for request in requests[:WARM]:
        exchange(line, request)
    start.wait()
    end = time.perf_counter() + seconds
    for request in requests[WARM:]:
        began = time.perf_counter()
        if began >= end:
            break
        answer = exchange(line, request)
        times.append(time.perf_counter() - began)
        bad += b'"state":"done"' not in answer
    out.put((times, bad))


def exchange(line: socket.socket, request: bytes) -> bytes:
    """Send a request and read its whole answer."""
    line.sendall(request)
    data = b""
    while b"\r\n\r\n" not in data:
        data += line.recv(65536)
    head, _, body = data.partition(b"\r\n\r\n")
    length = next(int(h.split(b":")[1]) for h in head.lower().split(b"\r\n") if h.startswith(b"content-length"))
    while len(body) < length:
        body += line.recv(65536)
    return body


if __name__ == "__main__":
    main()
