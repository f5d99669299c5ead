"""Settings that cannot be used say which variable is wrong, and never show a secret."""

from pathlib import Path

import pytest

from smartpos import env
from smartpos.settings.secrets import kept_secret


@pytest.mark.parametrize(
    ("read", "value", "expected"),
    [
        (lambda: env.flag("SMARTPOS_X"), "perhaps", "1 or 0"),
        (lambda: env.whole("SMARTPOS_X", 1, least=10), "9", "10 or more"),
        (lambda: env.whole("SMARTPOS_X", 1), "-1", "a whole number"),
        (lambda: env.whole("SMARTPOS_X", 1), "1.5", "a whole number"),
        (lambda: env.whole("SMARTPOS_X", 1), "²", "a whole number"),
        (lambda: env.whole("SMARTPOS_X", 1), "١٢", "a whole number"),
        (lambda: env.address("SMARTPOS_X", "redis", "rediss"), "http://x", "redis:… or rediss:…"),
        (lambda: env.folder("SMARTPOS_X", Path()), "/proc/nowhere/here", "a folder"),
    ],
)
def test_a_wrong_value_names_its_variable(monkeypatch: pytest.MonkeyPatch, read, value: str, expected: str) -> None:
    monkeypatch.setenv("SMARTPOS_X", value)
    with pytest.raises(env.SettingError, match="SMARTPOS_X") as caught:
        read()
    assert expected in str(caught.value)


def test_a_password_in_an_address_is_not_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SMARTPOS_X", "mysql://root:hunter2@db/smartpos")
    with pytest.raises(env.SettingError) as caught:
        env.address("SMARTPOS_X", "postgres")
    assert "hunter2" not in str(caught.value)
    assert "mysql:" in str(caught.value)


@pytest.mark.parametrize(("value", "flag"), [("1", True), (" Yes ", True), ("off", False), ("", True), (None, True)])
def test_flags_are_read_kindly(monkeypatch: pytest.MonkeyPatch, value: str | None, flag: bool) -> None:
    if value is None:
        monkeypatch.delenv("SMARTPOS_X", raising=False)
    else:
        monkeypatch.setenv("SMARTPOS_X", value)
    assert env.flag("SMARTPOS_X", default=True) is flag


def test_lists_drop_blanks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SMARTPOS_X", " a ,, b,")
    assert env.names("SMARTPOS_X") == ["a", "b"]
    monkeypatch.setenv("SMARTPOS_X", "")
    assert env.names("SMARTPOS_X", "c") == ["c"]


def test_a_secret_is_made_once_and_readable_by_its_owner_alone(tmp_path: Path) -> None:
    first = kept_secret(tmp_path, "key")
    assert len(first) == 64
    assert kept_secret(tmp_path, "key") == first
    assert (tmp_path / "key").stat().st_mode & 0o777 == 0o600
    assert [path.name for path in tmp_path.iterdir()] == ["key"]
    assert kept_secret(tmp_path, "other") != first


def test_two_processes_that_start_together_agree_on_a_secret(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The other one's file appears between the look and the link."""
    exists = Path.exists

    def raced(path: Path) -> bool:
        there = exists(path)
        if path.name == "key" and not there:
            path.write_text("the winner's", encoding="ascii")
        return there

    monkeypatch.setattr(Path, "exists", raced)
    assert kept_secret(tmp_path, "key") == "the winner's"
