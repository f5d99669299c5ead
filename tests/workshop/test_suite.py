"""The suite's own last line: plain, and never green by mistake."""

import sys

import pytest

from scripts import test as suite


def stage(*lines: str, code: int = 0) -> list[str]:
    """A program that says these lines and ends with this code."""
    return [sys.executable, "-c", f"import sys\nfor line in {lines!r}: print(line)\nsys.exit({code})"]


@pytest.fixture
def outcome(monkeypatch: pytest.MonkeyPatch) -> suite.Outcome:
    return suite.Outcome()


def run(outcome: suite.Outcome, command: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    real = suite.shown
    monkeypatch.setattr(suite, "shown", lambda title, _command, env: real(title, command, env))
    suite.run_pytest("stage", [], {}, outcome)
    monkeypatch.setattr(suite, "shown", real)


def test_closing_lines_are_added_up(
    outcome: suite.Outcome, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    run(outcome, stage("== 3 passed, 1 skipped in 1.2s =="), monkeypatch)
    run(outcome, stage("3 passed so far", "== 2 passed, 4 deselected in 9.9s =="), monkeypatch)
    assert suite.conclude(outcome, 11.4) == 0
    assert capsys.readouterr().out.splitlines()[-1] == "===== 5 passed, 1 skipped in 11s ====="


def test_a_failure_in_any_stage_fails_the_suite_and_is_named(
    outcome: suite.Outcome, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    run(outcome, stage("== 1 failed, 3 passed, 2 errors in 1s ==", code=1), monkeypatch)
    assert suite.conclude(outcome, 1) == 1
    out = capsys.readouterr().out.splitlines()
    assert "broken: stage" in out
    assert out[-1] == "===== 1 failed, 2 error, 3 passed in 1s ====="


def test_a_stage_that_dies_without_a_word_is_no_success(
    outcome: suite.Outcome, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    run(outcome, stage("== 3 passed in 1s =="), monkeypatch)
    run(outcome, stage("Segmentation fault", code=139), monkeypatch)
    assert suite.conclude(outcome, 1) == 1
    assert capsys.readouterr().out.splitlines()[-1] == "===== broken stages: 1, 3 passed in 1s ====="


def test_a_run_without_any_test_is_no_success(outcome: suite.Outcome, monkeypatch: pytest.MonkeyPatch) -> None:
    run(outcome, stage("== 9 deselected in 1s ==", code=suite.NOTHING_COLLECTED), monkeypatch)
    assert suite.conclude(outcome, 1) == 1


def test_what_is_absent_is_said(outcome: suite.Outcome, capsys: pytest.CaptureFixture[str]) -> None:
    outcome.counts["passed"] = 1
    outcome.absent.append("Redis: nothing answers on port 6379")
    assert suite.conclude(outcome, 1) == 0
    assert "not run: Redis: nothing answers on port 6379" in capsys.readouterr().out


FELL = "FAILED tests/e2e/test_a.py::test_one - AssertionError: late"


def test_a_process_that_was_lost_begins_the_browsers_stage_anew(
    outcome: suite.Outcome, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    asked: list[str] = []

    def shown(title: str, _command: object, _env: object) -> tuple[int, list[str]]:
        asked.append(title)
        return (1, [FELL, "worker gw0 crashed and worker restarting disabled"]) if len(asked) == 1 else (0, ["83 passed in 9s"])

    monkeypatch.setattr(suite, "shown", shown)
    suite.run_browser([], {}, outcome)
    assert len(asked) == 2
    assert suite.conclude(outcome, 1.0) == 0
    assert "83 passed" in capsys.readouterr().out


@pytest.mark.parametrize(("second", "result"), [("1 passed in 1s", 0), (f"{FELL}\n1 failed in 1s", 1)])
def test_a_browser_test_that_fails_is_played_once_more_and_named(
    outcome: suite.Outcome, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], second: str, result: int
) -> None:
    asked: list[list[str]] = []

    def shown(_title: str, command: list[str], _env: object) -> tuple[int, list[str]]:
        asked.append(command)
        return (1, [FELL, "1 failed, 4 passed in 9s"]) if len(asked) == 1 else (result, second.splitlines())

    monkeypatch.setattr(suite, "shown", shown)
    suite.run_browser(["-x"], {}, outcome)
    assert asked[1][-1] == "tests/e2e/test_a.py::test_one"
    assert suite.conclude(outcome, 2) == result
    assert len(asked) == 2
    assert ("passed at the second try: tests/e2e/test_a.py::test_one" in capsys.readouterr().out) is (result == 0)
    assert (outcome.counts["passed"], outcome.counts["failed"]) == (5 - result, result)


def test_many_failures_are_no_accident(outcome: suite.Outcome, monkeypatch: pytest.MonkeyPatch) -> None:
    lines = [f"FAILED tests/e2e/test_a.py::test_{n} - late" for n in range(suite.MOST_REPLAYED + 1)]
    monkeypatch.setattr(suite, "shown", lambda *_given: (1, [*lines, "6 failed in 9s"]))
    suite.run_browser([], {}, outcome)
    assert outcome.broken == ["end to end"]
    assert outcome.counts["failed"] == suite.MOST_REPLAYED + 1


def test_the_scripts_tests_are_counted_too() -> None:
    lines = ["ℹ tests 6\n", "ℹ pass 5\n", "# fail 1\n", "✔ pass 7 coins (1 ms)\n", "ℹ skipped 0\n"]
    found = [suite.NODE_COUNTED_LINE.match(line) for line in lines]
    assert [match.groups() for match in found if match] == [("pass", "5"), ("fail", "1"), ("skipped", "0")]
