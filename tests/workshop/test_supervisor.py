"""Programs live and die together: with real processes, real signals and a parent that is killed."""

import os
import signal
import subprocess
import sys
import textwrap
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]

# A program with a child of its own, as a web server has workers; both write their number into the folder.
PROGRAM = """
import os, signal, subprocess, sys, time
folder, name, stubborn = sys.argv[1], sys.argv[2], sys.argv[3] == "stubborn"
if stubborn:
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
inner = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"])
def stop(*_):
    inner.terminate(); inner.wait(); sys.exit(0)
if not stubborn:
    signal.signal(signal.SIGTERM, stop)
with open(f"{folder}/{name}", "a") as out:
    print(os.getpid(), inner.pid, file=out, flush=True)
time.sleep(600)
"""
PARENT = """
import sys
from pathlib import Path
from scripts.supervisor import Program, Supervisor
import scripts.supervisor
scripts.supervisor.GRACE = 1.0
folder = Path(sys.argv[1])
wanted = [argument.split("=") for argument in sys.argv[2:]]
programs = [Program(name, (sys.executable, str(folder / "program.py"), str(folder), name, kind)) for name, kind in wanted]
ready = lambda: all((folder / p.name).exists() for p in programs)
announce = lambda: print("ready", flush=True)
sys.exit(Supervisor(programs, cwd=Path.cwd(), is_ready=ready, announce=announce).run())
"""


@dataclass
class Family:
    """A parent under test and what its programs wrote."""

    parent: "subprocess.Popen[str]"
    folder: Path

    def numbers(self, name: str) -> list[int]:
        """Process numbers of a program and its inner one, of its latest start."""
        return [int(number) for number in (self.folder / name).read_text().splitlines()[-1].split()]

    def everybody(self) -> list[int]:
        """All processes that any start has left a number of."""
        files = [path for path in self.folder.iterdir() if path.suffix == ""]
        return [int(n) for path in files for line in path.read_text().splitlines() for n in line.split()]


Start = Callable[..., Family]


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Start]:
    families: list[Family] = []

    def begin(*programs: str) -> Family:
        (tmp_path / "program.py").write_text(textwrap.dedent(PROGRAM))
        command = [sys.executable, "-c", PARENT, str(tmp_path), *programs]
        parent = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        families.append(Family(parent, tmp_path))
        assert parent.stdout is not None
        assert parent.stdout.readline() == "ready\n"
        return families[-1]

    yield begin
    for family in families:
        family.parent.kill()
        family.parent.communicate()
        for number in family.everybody():
            if alive(number):
                os.kill(number, signal.SIGKILL)


def alive(number: int) -> bool:
    """Running, and not merely waiting to be reaped."""
    try:
        state = Path(f"/proc/{number}/stat").read_text().rpartition(")")[2].split()[0]
    except (FileNotFoundError, ProcessLookupError):
        return False
    return state != "Z"


def eventually(holds: Callable[[], bool], seconds: float = 8.0) -> bool:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if holds():
            return True
        time.sleep(0.05)
    return holds()


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_a_stop_signal_ends_everything_within_seconds(start: Start, number: signal.Signals) -> None:
    family = start("web=polite", "worker=polite")
    began = time.monotonic()
    family.parent.send_signal(number)
    assert family.parent.wait(timeout=5) == 0
    assert time.monotonic() - began < 2
    assert not [n for n in family.everybody() if alive(n)]


def test_a_program_that_ignores_the_signal_is_ended_after_the_grace(start: Start) -> None:
    family = start("web=stubborn", "worker=polite")
    family.parent.terminate()
    assert family.parent.wait(timeout=6) == 0
    assert not [n for n in family.everybody() if alive(n)]


def test_a_program_that_dies_is_started_again_and_leaves_nothing_behind(start: Start) -> None:
    family = start("web=polite", "worker=polite")
    first, inner = family.numbers("web")
    other = family.numbers("worker")
    os.kill(first, signal.SIGKILL)
    assert eventually(lambda: family.numbers("web")[0] != first)
    assert not alive(inner), "what a dead web server leaves would go on answering with its port"
    assert alive(family.numbers("web")[0])
    assert family.numbers("worker") == other


def test_a_parent_that_is_killed_takes_everybody_with_it(start: Start) -> None:
    family = start("web=polite", "worker=polite")
    everybody = family.everybody()
    family.parent.kill()
    assert eventually(lambda: not [n for n in everybody if alive(n)])


def test_a_program_that_cannot_start_ends_the_run_with_its_name(tmp_path: Path) -> None:
    (tmp_path / "program.py").write_text("raise SystemExit(3)")
    command = [sys.executable, "-c", PARENT, str(tmp_path), "web=polite"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=20)
    assert done.returncode == 1
    assert "web (code 3) ended before anything answered" in done.stderr
