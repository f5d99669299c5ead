"""`make run` as somebody meets it: real processes, on an empty data folder or on one that was started before."""

import os
import re
import shutil
import signal
import socket
import ssl
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.prepared import prepared

ROOT = Path(__file__).resolve().parents[2]
pytestmark = [pytest.mark.slow, pytest.mark.concurrency]


class Run:
    """One start of the product and what it said."""

    def __init__(self, data: Path, **env: str) -> None:
        self.data = data
        self.port = free_port()
        clean = {"DATABASE_URL": "", "REDIS_URL": "", "DEMO": "0", "LAN": "", "PORT": str(self.port)}
        self.process = subprocess.Popen(
            [sys.executable, "-m", "scripts.run"],
            cwd=ROOT,
            env={**os.environ, **clean, "SMARTPOS_DATA_DIR": str(data), **env},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        self.said = ""

    def until(self, words: str) -> str:
        """Read on until these words were said."""
        assert self.process.stdout is not None
        for line in self.process.stdout:
            self.said += line
            if words in line:
                return self.said
        raise AssertionError(f"ended without saying {words!r}:\n{self.said}")

    def family(self) -> dict[int, str]:
        """All processes below the parent, with their command lines."""
        found: dict[int, str] = {}
        waiting = [self.process.pid]
        while waiting:
            number = waiting.pop()
            for path in Path(f"/proc/{number}/task").glob("*/children"):
                children = [int(child) for child in path.read_text().split()]
                waiting += children
                found |= {child: Path(f"/proc/{child}/cmdline").read_text().replace("\0", " ") for child in children}
        return found


def free_port() -> int:
    """A port whose neighbour is free too."""
    while True:
        with socket.socket() as first, socket.socket() as second:
            first.bind(("127.0.0.1", 0))
            port = int(first.getsockname()[1])
            try:
                second.bind(("127.0.0.1", port + 1))
            except (OSError, OverflowError):
                continue
            return port


def eventually(holds: Callable[[], bool], seconds: float = 40.0) -> bool:
    end = time.monotonic() + seconds
    while not holds():
        if time.monotonic() > end:
            return False
        time.sleep(0.1)
    return True


def alive(number: int) -> bool:
    try:
        return Path(f"/proc/{number}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except (FileNotFoundError, ProcessLookupError):
        return False


def healthy(port: int) -> bool:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/health", timeout=2) as answer:
            return bool(answer.status == 200)
    except OSError:
        return False


@pytest.fixture
def run(tmp_path: Path) -> Iterator[Callable[..., Run]]:
    runs: list[Run] = []

    def begin(*, empty: bool = False, **env: str) -> Run:
        data = tmp_path / "data"
        if not empty and not data.exists():
            shutil.copytree(prepared(demo=False).name, data)
        runs.append(Run(data, **env))
        return runs[-1]

    yield begin
    for one in runs:
        one.process.terminate()
        try:
            one.process.communicate(timeout=15)
        except subprocess.TimeoutExpired:
            one.process.kill()
            one.process.communicate()


def test_it_says_where_to_go_and_ends_with_everything_it_started(run: Callable[..., Run]) -> None:
    one = run(empty=True)
    said = one.until("Ctrl-C stops it.")
    for path in ("/pos/", "/backoffice/", "/sign-in/"):
        assert f"http://localhost:{one.port}{path}" in said
    assert healthy(one.port)
    family = one.family()
    assert {"smartpos.asgi", "smartpos.worker"} <= {
        word for line in family.values() for word in re.findall(r"smartpos\.\w+", line)
    }
    began = time.monotonic()
    one.process.send_signal(signal.SIGINT)
    assert one.process.wait(timeout=10) == 0
    assert time.monotonic() - began < 5
    assert not [number for number in family if alive(number)]


def test_a_killed_parent_leaves_no_orphan_and_the_next_start_works(run: Callable[..., Run]) -> None:
    one = run()
    one.until("SmartPOS is ready.")
    family = one.family()
    assert len(family) >= 4, "web with two workers, and the worker"
    one.process.kill()
    assert eventually(lambda: not [number for number in family if alive(number)])
    run().until("SmartPOS is ready.")


def test_a_web_server_that_is_killed_comes_back(run: Callable[..., Run]) -> None:
    one = run()
    one.until("SmartPOS is ready.")
    web = next(number for number, line in one.family().items() if "granian --interface" in line)
    os.kill(web, signal.SIGKILL)
    one.until("web ended with code -9")
    assert eventually(lambda: healthy(one.port))
    assert not alive(web)


def test_a_second_start_on_the_same_data_is_refused(run: Callable[..., Run]) -> None:
    run().until("SmartPOS is ready.")
    again = run()
    assert again.process.wait(timeout=10) == 1
    assert "already runs on the data" in again.process.communicate()[0]


def test_a_port_that_is_taken_is_named_with_a_way_out(run: Callable[..., Run]) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        one = run(PORT=str(port))
        assert one.process.wait(timeout=10) == 1
        said = one.process.communicate()[0]
    assert f"Port {port} cannot be used" in said
    assert "make run PORT=" in said


@pytest.mark.parametrize("port", ["0", "65535", "eight", "-1"])
def test_a_port_that_is_none_is_refused(run: Callable[..., Run], port: str) -> None:
    one = run(PORT=port)
    assert one.process.wait(timeout=10) == 1
    assert f"PORT='{port}' cannot be used" in one.process.communicate()[0]


def test_the_local_network_is_served_by_https_and_told_how_to_trust_it(run: Callable[..., Run]) -> None:
    one = run(LAN="1")
    said = one.until("Ctrl-C stops it.")
    assert re.search(rf"open http://[\d.]+:{one.port + 1}/", said)
    assert re.search(rf"https://[\d.]+:{one.port}/pos/", said)
    page = f"http://127.0.0.1:{one.port + 1}"
    with urllib.request.urlopen(page, timeout=5) as answer:
        text = answer.read().decode()
    assert f"https://127.0.0.1:{one.port}/pos/" in text
    assert 'lang="bs"' in text
    with urllib.request.urlopen(f"{page}/smartpos-ca.crt", timeout=5) as answer:
        assert answer.headers["Content-Type"] == "application/x-x509-ca-cert"
        certificate = answer.read().decode()
    trust = ssl.create_default_context(cadata=certificate)
    for name in ("localhost", "127.0.0.1"):
        with urllib.request.urlopen(f"https://{name}:{one.port}/health", timeout=5, context=trust) as answer:
            assert answer.status == 200
