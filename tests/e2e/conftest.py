"""The product as it runs: its own server process on a demo of its own, and a browser."""

import json
import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Generator, Iterator
from pathlib import Path
from typing import Any, Self

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from tests.e2e.hanging import limited
from tests.prepared import prepared

ROOT = Path(__file__).parents[2]
CHROMIUM_ARGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


class Product:
    """A running server that can be killed and started again on the same data."""

    def __init__(self, folder: Path, *, demo: bool = True, **env: str) -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.env = {**os.environ, "SMARTPOS_DATA_DIR": str(folder), "DATABASE_URL": "", "REDIS_URL": ""}
        self.env["SMARTPOS_DEMO"] = self.env["SMARTPOS_LOCAL_ONLY"] = str(int(demo))
        self.env |= {"SMARTPOS_LOG_LEVEL": "ERROR", **env}
        self.url = f"http://127.0.0.1:{self.port}"
        self.processes: list[subprocess.Popen[bytes]] = []
        shutil.copytree(prepared(demo=demo).name, folder, dirs_exist_ok=True)
        signs = folder / "demo-sign-ins.json"
        self.people: list[dict[str, str]] = json.loads(signs.read_text())["people"] if demo else []

    def __enter__(self) -> Self:
        try:
            self.start()
        except BaseException:
            self.kill()
            raise
        return self

    def __exit__(self, *_error: object) -> None:
        self.kill()

    def start(self) -> None:
        """Web and worker."""
        web = ["-m", "granian", "--interface", "asgi", "--port", str(self.port), "--workers", "1", "--log-level", "error"]
        for command in ([*web, "smartpos.asgi:application"], ["-m", "smartpos.worker"]):
            process = subprocess.Popen([sys.executable, *command], cwd=ROOT, env=self.env, start_new_session=True)
            self.processes.append(process)
        for _ in range(150):
            try:
                urllib.request.urlopen(f"{self.url}/health", timeout=2).close()
            except OSError:
                time.sleep(0.2)
            else:
                return
        raise TimeoutError("the product did not start")

    def kill(self) -> None:
        """As a power cut would."""
        for process in self.processes:
            os.killpg(process.pid, 9)
            process.wait()
        self.processes.clear()


@pytest.fixture(scope="session")
def product(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Product]:
    """The demo, running."""
    with Product(tmp_path_factory.mktemp("product")) as made:
        yield made


@pytest.fixture(scope="session")
def fresh(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Product]:
    """An installation that nobody owns yet, on a server that others reach."""
    with Product(tmp_path_factory.mktemp("fresh"), demo=False) as made:
        yield made


@pytest.fixture
def empty(tmp_path: Path) -> Iterator[Product]:
    """An installation that nobody owns yet, for one test alone."""
    with Product(tmp_path, demo=False) as made:
        yield made


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Generator[None, object, object]:
    """A test that hangs fails by its own name, and the next one begins with a new browser."""
    if item.get_closest_marker("e2e") is None:
        return (yield)
    with limited():
        return (yield)


@pytest.fixture(scope="session")
def living() -> Iterator[Callable[[], Browser]]:
    """The machine's own Chromium, headless: the one that runs, or a new one. Without one the test is skipped, and the run says so."""
    path = os.environ.get("SMARTPOS_CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
    if path is None:
        pytest.skip("no Chromium on this machine: apt-get install chromium, or name one in SMARTPOS_CHROMIUM")
    with sync_playwright() as playwright:
        made = [playwright.chromium.launch(executable_path=path, args=CHROMIUM_ARGS)]

        def browser() -> Browser:
            if not made[-1].is_connected():
                made.append(playwright.chromium.launch(executable_path=path, args=CHROMIUM_ARGS))
            return made[-1]

        yield browser
        made[-1].close()


@pytest.fixture
def chromium(living: Callable[[], Browser]) -> Browser:
    """A browser that answers."""
    return living()


@pytest.fixture
def page(chromium: Browser, product: Product) -> Iterator[Page]:
    """A fresh browser at the demo."""
    yield from browse(chromium, product)


@pytest.fixture
def fresh_page(chromium: Browser, fresh: Product) -> Iterator[Page]:
    """A fresh browser at the installation that nobody owns."""
    yield from browse(chromium, fresh)


@pytest.fixture
def empty_page(chromium: Browser, empty: Product) -> Iterator[Page]:
    """A fresh browser at the installation of this test."""
    yield from browse(chromium, empty)


def browse(chromium: Browser, product: Product) -> Iterator[Page]:
    """A browser's page; a refusal by the content security policy or an uncaught error fails the test."""
    context = chromium.new_context(base_url=product.url, viewport={"width": 1280, "height": 800}, locale="en-GB")
    # The demo's business speaks Bosnian; this browser has chosen English.
    context.add_cookies([{"name": "smartpos_language", "value": "en", "url": product.url}])
    page = context.new_page()
    wrong: list[str] = []
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on("console", lambda said: wrong.append(said.text) if _policy(said) else None)
    yield page
    context.close()
    assert wrong == []


def _policy(said: Any) -> bool:
    return "Content Security Policy" in said.text or "TrustedScript" in said.text
