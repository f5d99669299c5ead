"""The server is killed at 200 random points and nothing is doubled or lost (issue: same id, same answer)."""

import http.client
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections import Counter, deque
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from random import Random
from typing import Any

import msgspec
import pytest
from django.conf import settings
from django.db import connection
from django.db.models import Sum

from inventory.models import Movement, StockLevel
from pos.models import Payment, Receipt, ReceiptLine, ReceiptTax
from smartpos.audit.models import Entry
from smartpos.audit.verify import faults
from smartpos.context import acting
from smartpos.operations.models import DeviceJournal, Operation, SequenceGap
from smartpos.outbox.models import OutboxEvent
from tests.till import Till
from tests.world import World, make_world

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.database,
    pytest.mark.concurrency,
    pytest.mark.slow,
]

KILLS = int(os.environ.get("SMARTPOS_TEST_KILLS", "200"))
SPARES = 3
ROOT = Path(__file__).resolve().parents[2]


class Servers:
    """A supply of living servers on this test's database; a new one is warmed up for each that dies."""

    def __init__(self, process: "subprocess.Popen[str]") -> None:
        self.process = process
        self.spares: deque[tuple[int, int]] = deque()
        self.pids: list[int] = []
        for _ in range(SPARES):
            self._fork()
        self.pid, self.port = 0, 0
        self.replace()

    def _fork(self) -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = int(free.getsockname()[1])
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.write(f"{port}\n")
        self.process.stdin.flush()
        pid = int(self.process.stdout.readline())
        self.pids.append(pid)
        self.spares.append((pid, port))

    def replace(self) -> None:
        """The next one takes over."""
        self._fork()
        self.pid, self.port = self.spares.popleft()
        for _ in range(500):
            with suppress(OSError), socket.create_connection(("127.0.0.1", self.port), timeout=5):
                return
            time.sleep(0.01)
        raise TimeoutError("a server did not start")

    def kill(self) -> None:
        """Now."""
        with suppress(ProcessLookupError):
            os.kill(self.pid, signal.SIGKILL)


@pytest.fixture
def servers(transactional_db: None) -> Iterator[Servers]:
    connection.close()
    environment = {
        **os.environ,
        "DATABASE_URL": database_url(),
        "REDIS_URL": "",
        "SMARTPOS_DATA_DIR": str(settings.DATA_DIR),
        "SMARTPOS_PIN_KEY": settings.PIN_KEY,
        "SMARTPOS_SECRET_KEY": settings.SECRET_KEY,
        "SMARTPOS_LOG_LEVEL": "CRITICAL",
        "SMARTPOS_THREADS": "1",
        "DJANGO_SETTINGS_MODULE": "smartpos.settings",
    }
    command = [sys.executable, "-m", "tests.concurrency.zygote"]
    process = subprocess.Popen(command, cwd=ROOT, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    assert process.stdout.readline() == "ready\n"
    living = Servers(process)
    yield living
    for pid in living.pids:
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)
    process.stdin.close()  # type: ignore[union-attr]
    process.wait(10)


def database_url() -> str:
    """This test's own database, as another process names it."""
    values = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{values['NAME']}"
    server = f"{values['HOST'] or '127.0.0.1'}:{values['PORT'] or 5432}"
    return f"postgres://{values['USER']}:{values['PASSWORD']}@{server}/{values['NAME']}"


class Dead(Exception):
    """No answer came."""


def post(port: int, token: str, body: bytes, fault: str = "") -> Any:
    """Send operations; the whole answer, or Dead."""
    headers = {
        "Content-Type": "application/json", "X-SmartPOS-Till": "1", "Cookie": f"smartpos_device={token}",
        **({"X-Test-Fault": fault} if fault else {}),
    }  # fmt: skip
    line = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
    try:
        line.request("POST", "/pos/operations", body, headers)
        response = line.getresponse()
        text = response.read()
    except (OSError, http.client.HTTPException) as error:
        raise Dead from error
    finally:
        line.close()
    assert response.status == 200, (response.status, text)
    return msgspec.json.decode(text)["answers"]


def half(port: int, token: str, body: bytes) -> None:
    """Send a request that is cut off in the middle."""
    with suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=5) as line:
        head = f"POST /pos/operations HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: {len(body)}\r\n"
        line.sendall(f"{head}X-SmartPOS-Till: 1\r\nCookie: smartpos_device={token}\r\n\r\n".encode() + body[: len(body) // 2])


@contextmanager
def killed_after(servers: Servers, seconds: float) -> Iterator[None]:
    """Kill the server at a moment of the parent's choice."""
    timer = threading.Timer(seconds, servers.kill)
    timer.start()
    yield
    timer.join()


def attack(servers: Servers, token: str, body: bytes, rnd: Random) -> str:
    """Send a request that the server should not survive; answers how it died, or "late" when it had answered before."""
    kind = rnd.choices(["before", "half", "statement", "answer", "moment"], [1, 1, 5, 5, 4])[0]
    try:
        if kind == "half":
            half(servers.port, token, body)
            return kind
        if kind == "moment":
            with killed_after(servers, rnd.uniform(0, 0.03)):
                post(servers.port, token, body)
        else:
            post(servers.port, token, body, f"statement:{rnd.randint(1, 40)}" if kind == "statement" else kind)
    except Dead:
        return kind
    finally:
        servers.kill()
    return "late"


def a_day_of_sales(till: Till, rnd: Random) -> list[dict[str, Any]]:
    """One to three acts at once: sales of one to three articles."""
    keys = [till.item(sku) for sku in ("ESP", "CEV", "ODD")]
    return [
        till.sale([(key, str(rnd.randint(1, 4))) for key in rnd.sample(keys, rnd.randint(1, 3))])
        for _ in range(rnd.randint(1, 3))
    ]


def test_nothing_is_doubled_or_lost_when_the_server_is_killed(servers: Servers) -> None:
    rnd = Random(int(os.environ.get("SMARTPOS_TEST_SEED", "20261124")))
    world = make_world("A")
    till = world.till()
    till.open_shift()
    token = till_token(till)
    deaths: Counter[str] = Counter()
    sent: list[dict[str, Any]] = []
    answered: dict[str, dict[str, Any]] = {}
    resent = 0
    while sum(deaths.values()) - deaths["late"] < KILLS:
        acts = a_day_of_sales(till, rnd)
        sent += acts
        body = msgspec.json.encode({"operations": acts})
        deaths[attack(servers, token, body, rnd)] += 1
        servers.replace()
        known = Operation.everywhere.filter(uuid__in=[a["id"] for a in acts]).count()
        resent += known
        for answer in post(servers.port, token, body):
            assert answer["state"] == "done", answer
            answered[answer["id"]] = answer
    assert {"before", "half", "statement", "answer", "moment"} <= set(deaths) or KILLS < 100
    print(f"{KILLS} deaths: {dict(deaths)}; {resent} of {len(sent)} acts were committed and not answered")  # noqa: T201
    assert resent > KILLS // 5, "too few deaths lay between commit and answer"
    assert [answered[act["id"]] for act in sent] == [again for act in sent for again in till.post(act)]
    assert_each_exactly_once(world, sent)


def till_token(till: Till) -> str:
    """The token that the till's transport sends."""
    cells = till.send.__closure__ or ()  # type: ignore[attr-defined]
    return next(cell.cell_contents for cell in cells if isinstance(cell.cell_contents, str))


def assert_each_exactly_once(world: World, sent: list[dict[str, Any]]) -> None:
    """Every trace of every sale, once."""
    ids = [act["id"] for act in sent]
    lines = sum(len(act["body"]["cart"]["lines"]) for act in sent)
    with acting(business_id=world.business.pk):
        receipts = {str(r.uuid): r for r in Receipt.objects.all()}
        assert sorted(receipts) == sorted(ids)
        assert [receipts[i].number for i in ids] == list(range(1, len(ids) + 1))
        for act in sent:
            assert f"{receipts[act['id']].total:.2f}" == act["body"]["figures"]["total"]
            assert receipts[act["id"]].marks == "[]"
        sums = dict(Movement.objects.values_list("variant").annotate(sum=Sum("quantity")).order_by("variant"))
        assert dict(StockLevel.objects.values_list("variant", "quantity")) == sums
        assert Movement.objects.count() == lines
        journal = DeviceJournal.objects.get()
        assert (journal.last_seq, journal.last_number) == (len(ids) + 1, len(ids))
        assert not SequenceGap.objects.exists()
    assert Payment.objects.count() == len(ids)
    assert ReceiptLine.objects.count() == ReceiptTax.objects.count() == lines
    assert Payment.objects.aggregate(sum=Sum("part"))["sum"] == sum(r.total for r in receipts.values())
    assert Operation.everywhere.count() == len(ids) + 1
    assert Entry.objects.filter(action="receipt.sale").count() == len(ids)
    assert list(faults()) == []
    events = Counter(msgspec.json.decode(e.payload)["receipt"] for e in OutboxEvent.objects.filter(name="receipt.booked"))
    assert events == Counter(ids)
