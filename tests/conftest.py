"""Fixtures about the machine: databases of this run alone, no way out to the network, a browser."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from django.conf import settings
from django.contrib.auth.hashers import Argon2PasswordHasher

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytest_plugins = ["tests.fixtures"]

CHROMIUM_ARGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def pytest_configure(config: pytest.Config) -> None:
    """A database and a data folder that only this run knows, so that two runs on one machine do not meet."""
    folder = Path(tempfile.mkdtemp(prefix="smartpos-test-"))
    config.add_cleanup(lambda: shutil.rmtree(folder, ignore_errors=True))
    settings.DATA_DIR = folder
    # Argon2 is slow on purpose; every world of a test has people with passwords.
    Argon2PasswordHasher.time_cost, Argon2PasswordHasher.memory_cost, Argon2PasswordHasher.parallelism = 1, 8, 1
    database = settings.DATABASES["default"]
    # A file rather than memory: threads and processes of a test meet the same locks as in production.
    sqlite = database["ENGINE"].endswith("sqlite3")
    test = database.setdefault("TEST", {})
    test["NAME"] = str(folder / "test.sqlite3") if sqlite else f"test_smartpos_{os.getpid()}"
    if sqlite:
        # Nothing here has to outlive a power cut.
        database["OPTIONS"]["init_command"] = database["OPTIONS"]["init_command"].replace("synchronous=FULL", "synchronous=OFF")


@pytest.fixture(scope="session")
def postgres(django_db_setup: None) -> bool:
    """Whether this run is on PostgreSQL."""
    return bool(settings.DATABASES["default"]["ENGINE"].endswith("postgresql"))


@pytest.fixture(scope="session")
def chromium() -> "Iterator[Browser]":
    """The machine's own Chromium, headless; without one the test is skipped, and the run says so."""
    from playwright.sync_api import sync_playwright

    path = os.environ.get("SMARTPOS_CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
    if path is None:
        pytest.skip("no Chromium on this machine: apt-get install chromium, or name one in SMARTPOS_CHROMIUM")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=CHROMIUM_ARGS)
        yield browser
        browser.close()


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Whatever lies in `e2e/` is an end-to-end test."""
    for item in items:
        if "e2e" in item.path.relative_to(config.rootpath).parts:
            item.add_marker(pytest.mark.e2e)


def pytest_report_header(config: pytest.Config) -> str:
    """Which edition this run tests."""
    engine = str(settings.DATABASES["default"]["ENGINE"])
    return f"database: {engine.rpartition('.')[2]}, broker: {'redis' if settings.REDIS_URL else 'in memory'}"
