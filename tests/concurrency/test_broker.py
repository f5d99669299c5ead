"""The installed edition's worker as its container runs it: Redis wakes it, and what it held when it was killed arrives all the same."""

import asyncio
import fcntl
import os
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from django.conf import settings
from django.db import transaction

from smartpos.celery import app
from smartpos.clock import now
from smartpos.context import acting
from smartpos.mail.services import send_mail
from smartpos.outbox.models import Delivery, DeliveryState, OutboxEvent
from tests.concurrency.test_kill import ROOT, database_url
from tests.world import World

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.database,
    pytest.mark.queue,
    pytest.mark.concurrency,
    pytest.mark.skipif(not settings.REDIS_URL, reason="the embedded edition has no broker"),
]


@pytest.fixture(autouse=True)
def _one_worker_at_a_time() -> Iterator[None]:
    """Two workers on one broker would take each other's wake-ups, whichever processes of the run the tests are in."""
    with (Path(tempfile.gettempdir()) / "smartpos-test-broker.lock").open("w") as gate:
        fcntl.flock(gate, fcntl.LOCK_EX)
        yield


class Postbox:
    """A mail server that keeps a mail's sender waiting until it is told to go on."""

    def __init__(self) -> None:
        self.begun = 0
        self.taken: list[str] = []
        self.open = True

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        self.begun += 1
        while not self.open:  # noqa: ASYNC110 - opened by another thread
            await asyncio.sleep(0.05)
        self.taken.append(envelope.rcpt_tos[0])
        return "250 OK"


@pytest.fixture
def postbox() -> Iterator[tuple[Postbox, str]]:
    box = Postbox()
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    controller = Controller(box, hostname="127.0.0.1", port=port)
    controller.start()
    yield box, f"smtp://127.0.0.1:{port}"
    box.open = True
    controller.stop()


@contextmanager
def worker(mail_url: str) -> Iterator["subprocess.Popen[bytes]"]:
    """`scripts.run worker`, in a group of its own; no beat, so that nothing but the broker wakes it."""
    env = {
        **os.environ, "DATABASE_URL": database_url(), "REDIS_URL": settings.REDIS_URL, "SMARTPOS_MAIL_URL": mail_url, "WORKERS": "1",
        "SMARTPOS_DATA_DIR": str(settings.DATA_DIR), "SMARTPOS_SECRET_KEY": settings.SECRET_KEY, "SMARTPOS_PIN_KEY": settings.PIN_KEY,
    }  # fmt: skip
    # One that is still going would answer for the new one, which is not ready yet.
    until(lambda: not app.control.ping(timeout=1))
    process = subprocess.Popen([sys.executable, "-m", "scripts.run", "worker"], cwd=ROOT, env=env, start_new_session=True)
    try:
        until(lambda: bool(app.control.ping(timeout=1)))
        yield process
    finally:
        end(process, 15)


def end(process: "subprocess.Popen[bytes]", signal: int) -> None:
    """Signal the whole group, as a container's end or a power cut would."""
    if process.poll() is None:
        os.killpg(process.pid, signal)
        process.wait(timeout=60)


def until(true: Callable[[], bool], seconds: float = 120) -> None:
    """Wait for something to be so."""
    limit = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < limit, "it did not come"
        time.sleep(0.1)


def write(world: World, to: str) -> None:
    """A mail of an act."""
    with acting(business_id=world.business.pk, actor_id=world.owner.pk), transaction.atomic():
        send_mail(type="test", to=to, context={"name": "Ana"})


def test_a_commit_wakes_the_worker_through_the_broker(world: World, postbox: tuple[Postbox, str]) -> None:
    box, url = postbox
    with worker(url):
        write(world, "first@a.example")
        until(lambda: box.taken == ["first@a.example"])
        till = world.till()
        till.open_shift()
        until(lambda: not OutboxEvent.objects.filter(position__isnull=True).exists())
        write(world, "second@a.example")
        until(lambda: box.taken == ["first@a.example", "second@a.example"])
        until(lambda: not Delivery.objects.exclude(state=DeliveryState.DONE).exists())


def test_what_a_killed_worker_held_is_taken_up_by_the_next(world: World, postbox: tuple[Postbox, str]) -> None:
    box, url = postbox
    box.open = False
    with worker(url) as first:
        write(world, "ana@a.example")
        until(lambda: box.begun == 1)
        end(first, 9)
    held = Delivery.objects.get()
    assert (held.state, box.taken) != (DeliveryState.DONE, ["ana@a.example"])
    box.open = True
    # The lease is over in a minute; the test does not wait for it.
    Delivery.objects.update(lease_until=now() - timedelta(seconds=1))
    with worker(url):
        write(world, "boris@a.example")
        until(lambda: not Delivery.objects.exclude(state=DeliveryState.DONE).exists())
    assert set(box.taken) == {"ana@a.example", "boris@a.example"}
