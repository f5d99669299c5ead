"""Fixtures about the machine: databases of this run alone, no way out to the network."""

import os
import shutil
import tempfile
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.auth.hashers import Argon2PasswordHasher

pytest_plugins = ["tests.fixtures"]


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


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Whatever lies in `e2e/` is an end-to-end test."""
    for item in items:
        if "e2e" in item.path.relative_to(config.rootpath).parts:
            item.add_marker(pytest.mark.e2e)


def pytest_report_header(config: pytest.Config) -> str:
    """Which edition this run tests."""
    engine = str(settings.DATABASES["default"]["ENGINE"])
    return f"database: {engine.rpartition('.')[2]}, broker: {'redis' if settings.REDIS_URL else 'in memory'}"
