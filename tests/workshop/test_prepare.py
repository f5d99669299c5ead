"""A start with nothing to do costs nothing; any doubt costs a look."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from scripts import prepare


@pytest.fixture
def database(tmp_path: Path) -> Path:
    path = tmp_path / "smartpos.sqlite3"
    with closing(sqlite3.connect(path)) as connection:
        connection.execute(f"PRAGMA user_version = {prepare.shape(demo=True)}")
    return path


def test_a_marked_database_needs_nothing(database: Path) -> None:
    assert prepare.is_done(database, demo=True)


def test_another_wish_for_demo_data_is_looked_into(database: Path) -> None:
    assert not prepare.is_done(database, demo=False)


def test_a_new_migration_is_looked_into(database: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(prepare, "ROOT", tmp_path)
    (tmp_path / "uv.lock").touch()
    before = prepare.shape(demo=True)
    migrations = tmp_path / "smartpos" / "people" / "migrations"
    migrations.mkdir(parents=True)
    (migrations / "0002_more.py").write_text("more")
    assert prepare.shape(demo=True) != before
    assert not prepare.is_done(database, demo=True)


@pytest.mark.parametrize("content", [b"", b"not a database at all" * 100])
def test_an_unmarked_or_broken_database_is_looked_into(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "other.sqlite3").write_bytes(content)
    assert not prepare.is_done(tmp_path / "other.sqlite3", demo=True)
    assert not prepare.is_done(tmp_path / "absent.sqlite3", demo=True)
    assert not (tmp_path / "absent.sqlite3").exists()


def test_the_mark_changes_with_every_migration_there_is() -> None:
    own = (*prepare.ROOT.glob("*/migrations/0*.py"), *prepare.ROOT.glob("*/*/migrations/0*.py"))
    everything = [path for path in prepare.ROOT.rglob("migrations/0*.py") if ".venv" not in path.parts]
    assert sorted(own) == sorted(everything)
