"""The harness: quiet runs count, names pick, a broken topic does not stop the others."""

from collections.abc import Iterator

import pytest

from bench import harness
from bench.harness import Figure, Topic


def topic(name: str, *values: float) -> Topic:
    left = list(values)

    def measure() -> Iterator[Figure]:
        yield name, left.pop(0), "s"

    return Topic("topic", (name,), measure)


@pytest.fixture
def steal(monkeypatch: pytest.MonkeyPatch) -> "list[float]":
    """What share of each run the neighbours take."""
    shares: list[float] = []
    clock = {"total": 0, "stolen": 0, "calls": 0}

    def times() -> tuple[int, int]:
        if clock["calls"] % 2:
            clock["total"] += 1000
            clock["stolen"] += int(shares[clock["calls"] // 2] * 1000)
        clock["calls"] += 1
        return clock["total"], clock["stolen"]

    monkeypatch.setattr(harness, "machine_times", times)
    return shares


def test_a_quiet_run_is_taken_at_once(steal: list[float]) -> None:
    steal += [0.01]
    assert harness.settled(topic("a_s", 1.0)) == [("a_s", 1.0, "s")]


def test_a_noisy_run_is_repeated_and_the_quietest_kept(steal: list[float]) -> None:
    steal += [0.3, 0.05, 0.1]
    assert harness.settled(topic("a_s", 1.0, 2.0, 3.0)) == [("a_s", 2.0, "s")]


def test_figures_are_printed_one_a_line(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(
        harness, "topics", lambda: [topic("broken_s"), topic("a_s", 1.5, 1.5, 1.5), topic("b_s", 2.0, 2.0, 2.0)]
    )
    assert harness.main([]) == 1
    assert capsys.readouterr().out == "a_s 1.5 s\nb_s 2 s\n"


def test_names_pick_and_an_unknown_one_is_named(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(harness, "topics", lambda: [topic("a_s", 1.0, 1.0, 1.0), topic("b_s", 2.0, 2.0, 2.0)])
    assert harness.main(["b_"]) == 0
    assert capsys.readouterr().out == "b_s 2 s\n"
    assert harness.main(["ghost"]) == 2
    assert "nothing is called ghost" in capsys.readouterr().err
