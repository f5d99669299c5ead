"""A backup is tried by restoring it: the same books, pictures and keys, and every check of the ledger says so."""

import os
import subprocess
import sys
import tarfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import connection

pytestmark = [pytest.mark.database, pytest.mark.slow]
ROOT = Path(__file__).resolve().parents[2]
SELL = """
import django; django.setup()
from tests.world import make_world
from tests.architecture.shop import sell_and_refund
till = make_world({name!r}).till(); till.open_shift(); sell_and_refund(till)
"""
COUNT = """
import django; django.setup()
from pos.models import Receipt; from smartpos.people.models import Business
print(Business.objects.count(), Receipt.everywhere.count())
"""


@pytest.fixture
def shop(
    tmp_path: Path, django_db_blocker: Any, django_db_setup: None
) -> Iterator[Callable[..., subprocess.CompletedProcess[str]]]:
    """An installation of its own, and a way to run something on it."""
    name = f"smartpos_backup_{os.getpid()}"
    url = f"sqlite:///{tmp_path}/shop.sqlite3"
    postgres = settings.DATABASES["default"]["ENGINE"].endswith("postgresql")
    if postgres:
        at = settings.DATABASES["default"]
        url = f"postgres://{at['USER']}:{at['PASSWORD']}@{at['HOST']}:{at['PORT'] or 5432}/{name}"
        create(django_db_blocker, f"DROP DATABASE IF EXISTS {name}", f"CREATE DATABASE {name}")
    folder = tmp_path / "data"
    folder.mkdir()
    env = os.environ | {
        "DATABASE_URL": url, "SMARTPOS_DATA_DIR": str(folder), "DJANGO_SETTINGS_MODULE": "smartpos.settings", "SMARTPOS_LOG_LEVEL": "ERROR",
        "SMARTPOS_HOSTS": "testserver", "SMARTPOS_MEDIA_DIR": str(tmp_path / "pictures"),
    }  # fmt: skip
    env.pop("REDIS_URL", None)

    def run(*arguments: str, code: str = "") -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-c", code] if code else [sys.executable, "manage.py", *arguments]
        return subprocess.run(command, cwd=ROOT, env=env, capture_output=True, text=True, check=False)

    yield run
    if postgres:
        create(django_db_blocker, f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")


def create(blocker: Any, *statements: str) -> None:
    """Statements outside any transaction, on the server of this run."""
    with blocker.unblock(), connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


def fine(done: subprocess.CompletedProcess[str]) -> str:
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


@pytest.mark.feature("SEC-16")
def test_what_was_backed_up_is_restored_with_its_pictures_and_keys_and_the_books_are_whole(
    shop: Callable[..., subprocess.CompletedProcess[str]], tmp_path: Path
) -> None:
    data, file, pictures = tmp_path / "data", tmp_path / "backup.tar.gz", tmp_path / "pictures"
    fine(shop("migrate", "--verbosity=0"))
    fine(shop(code=SELL.format(name="A")))
    pictures.mkdir(exist_ok=True)
    (pictures / "cup.webp").write_bytes(b"picture")
    key = (data / "pin-key").read_text("ascii")
    assert fine(shop(code=COUNT)) == "1 2"

    assert str(file) in fine(shop("backup", str(file)))
    assert file.stat().st_mode & 0o077 == 0
    assert "is there already" in shop("backup", str(file)).stderr

    fine(shop(code=SELL.format(name="Later")))
    (pictures / "cup.webp").write_bytes(b"another picture")
    (pictures / "later.webp").write_bytes(b"of a sale that is undone")
    (data / "pin-key").write_text("lost", encoding="ascii")
    assert "--replace" in shop("restore", str(file)).stderr
    assert fine(shop(code=COUNT)) == "2 4"

    assert "The books are whole." in fine(shop("restore", str(file), "--replace"))
    assert fine(shop(code=COUNT)) == "1 2"
    assert (pictures / "cup.webp").read_bytes() == b"picture"
    assert not (pictures / "later.webp").exists()
    assert (data / "pin-key").read_text("ascii") == key
    assert (data / "pin-key").stat().st_mode & 0o077 == 0
    fine(shop(code=SELL.format(name="After")))  # and it sells on
    fine(shop("verify_ledger"))


def test_what_is_no_backup_changes_nothing(shop: Callable[..., subprocess.CompletedProcess[str]], tmp_path: Path) -> None:
    text, other = tmp_path / "notes.txt", tmp_path / "other.tar.gz"
    text.write_text("milk, bread", encoding="utf-8")
    with tarfile.open(other, "w:gz") as archive:
        archive.add(text, "notes.txt")
    for wrong in (text, other, tmp_path / "nowhere.tar.gz"):
        assert "is no backup" in shop("restore", str(wrong)).stderr
    assert "There is no folder" in shop("backup", str(tmp_path / "nowhere" / "x.tar.gz")).stderr
