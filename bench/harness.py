"""Figures: registered by topics, measured while the machine is quiet, printed one a line.

from bench.harness import Figure, figures

@figures("start_s")
def start() -> Iterator[Figure]:
    yield "start_s", 1.23, "s"
"""

import importlib
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

Figure = tuple[str, float, str]
Measure = Callable[[], Iterator[Figure]]

# A virtual machine's neighbour takes time away; beyond this share of it a run says more about the neighbour.
NOISY = 0.02
RUNS = 3


@dataclass(frozen=True, slots=True)
class Topic:
    """A function, the figures it yields, and the module it stands in."""

    module: str
    names: tuple[str, ...]
    measure: Measure

    def is_meant_by(self, name: str) -> bool:
        """A module, a figure, or how a figure begins."""
        return name == self.module or any(figure.startswith(name) for figure in self.names)


_topics: list[Topic] = []


def figures(*names: str) -> Callable[[Measure], Measure]:
    """Register a function that yields these figures."""

    def register(measure: Measure) -> Measure:
        _topics.append(Topic(measure.__module__.rpartition(".")[2], names, measure))
        return measure

    return register


def topics() -> list[Topic]:
    """What all modules of this folder register; those that do not import this module are helpers and stay unloaded."""
    for path in sorted(Path(__file__).parent.glob("*.py")):
        if path.stem not in {"harness", "__main__", "__init__"} and "from bench.harness import" in path.read_text(
            encoding="utf-8"
        ):
            importlib.import_module(f"bench.{path.stem}")
    return list(_topics)


def machine_times() -> tuple[int, int]:
    """Time of all processors, and the part of it that neighbours took, in ticks since the machine started."""
    fields = [int(field) for field in Path("/proc/stat").read_text(encoding="ascii").splitlines()[0].split()[1:9]]
    return sum(fields), fields[7]


def settled(topic: Topic) -> list[Figure]:
    """The figures of a quiet run, or of the quietest of three."""
    runs: list[tuple[float, list[Figure]]] = []
    for number in range(1, RUNS + 1):
        began, (total, stolen) = time.monotonic(), machine_times()
        found = list(topic.measure())
        after_total, after_stolen = machine_times()
        steal = (after_stolen - stolen) / max(1, after_total - total)
        seconds = time.monotonic() - began
        print(f"# {topic.module}: run {number} took {seconds:.0f} s, steal {steal:.1%}", file=sys.stderr, flush=True)
        runs.append((steal, found))
        if steal < NOISY:
            break
    return min(runs, key=lambda run: run[0])[1]


def main(names: list[str]) -> int:
    """Measure what was asked for, or everything."""
    known = topics()
    unknown = [name for name in names if not any(topic.is_meant_by(name) for topic in known)]
    if unknown:
        print(f"bench: nothing is called {', '.join(unknown)}; there are:", file=sys.stderr)
        for topic in known:
            print(f"  {topic.module}: {' '.join(topic.names)}", file=sys.stderr)
        return 2
    failed = 0
    for topic in known:
        if names and not any(topic.is_meant_by(name) for name in names):
            continue
        try:
            for name, value, unit in settled(topic):
                print(f"{name} {value:.6g} {unit}", flush=True)
        except Exception as problem:  # noqa: BLE001 - the other topics are still to be measured
            print(f"# {topic.module} failed: {problem!r}", file=sys.stderr, flush=True)
            failed = 1
    return failed
