"""Programs that live and die together: started, watched, restarted, and stopped with whoever started them."""

import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import FrameType

TICK = 0.1
GRACE = 8.0
FIRST_PAUSE = 0.5
LONGEST_PAUSE = 30.0
# After living this long a program has shown that it can, and the next pause is short again.
PROVEN = 60.0
PR_SET_PDEATHSIG = 1


@dataclass(frozen=True, slots=True)
class Program:
    """What to start."""

    name: str
    command: Sequence[str]
    nice: int = 0


@dataclass(slots=True)
class Child:
    """A program with its present process."""

    program: Program
    cwd: Path
    process: "subprocess.Popen[bytes] | None" = None
    started: float = 0.0
    pause: float = FIRST_PAUSE
    again_at: float = 0.0

    def start(self) -> None:
        """In a session of its own: Ctrl-C reaches it through us alone, and what it leaves behind can be found."""
        parent = os.getpid()
        self.process = subprocess.Popen(
            self.program.command,
            cwd=self.cwd,
            start_new_session=True,
            preexec_fn=lambda: _begin(parent, self.program.nice),  # noqa: PLW1509 - this process has one thread
        )
        self.started = time.monotonic()

    def ended(self) -> int | None:
        """The code it ended with; nothing while it lives. Whatever it left behind is ended too."""
        if self.process is None or (code := self.process.poll()) is None:
            return None
        self.signal_group(signal.SIGKILL)
        self.process = None
        if time.monotonic() - self.started > PROVEN:
            self.pause = FIRST_PAUSE
        self.again_at = time.monotonic() + self.pause
        self.pause = min(self.pause * 2, LONGEST_PAUSE)
        return code

    def signal_group(self, number: int) -> None:
        """To the program and all that it started."""
        if self.process is not None:
            try:
                os.killpg(self.process.pid, number)
            except ProcessLookupError:
                return


class Supervisor:
    """Keeps programs running until it is told to stop."""

    def __init__(
        self, programs: Sequence[Program], *, cwd: Path, is_ready: Callable[[], bool], announce: Callable[[], None]
    ) -> None:
        self._children = [Child(program, cwd) for program in programs]
        self._is_ready = is_ready
        self._announce = announce
        self._ready = False
        self._stops = 0

    def run(self) -> int:
        """Until a stop signal (0), or until a program cannot even start (1)."""
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, self._on_signal)
        try:
            for child in self._children:
                child.start()
            while not self._stops:
                failed = self._tend()
                if failed is not None:
                    print(f"{failed} ended before anything answered; its last words stand above.", file=sys.stderr)
                    return 1
                time.sleep(TICK)
            return 0
        finally:
            self._stop()

    def _on_signal(self, _number: int, _frame: FrameType | None) -> None:
        self._stops += 1

    def _tend(self) -> str | None:
        """Restart what ended; answers the name of a program that never came up."""
        for child in self._children:
            code = child.ended()
            if code is not None:
                if not self._ready:
                    return f"{child.program.name} (code {code})"
                pause = child.again_at - time.monotonic()
                print(f"{child.program.name} ended with code {code}; again in {pause:.1f} s", file=sys.stderr)
            if child.process is None and time.monotonic() >= child.again_at:
                child.start()
        if not self._ready and self._is_ready():
            self._ready = True
            self._announce()
        return None

    def _stop(self) -> None:
        """Politely at first; at once after the grace or a second Ctrl-C."""
        asked, end = self._stops, time.monotonic() + GRACE
        living = [child for child in self._children if child.process is not None]
        for child in living:
            assert child.process is not None
            child.process.terminate()
        while (living := [child for child in living if child.ended() is None]) and time.monotonic() < end:
            if self._stops > max(asked, 1):
                break
            time.sleep(TICK / 2)
        for child in living:
            child.signal_group(signal.SIGKILL)
            assert child.process is not None
            child.process.wait()


def _begin(parent: int, nice: int) -> None:
    """In the child, before it becomes the program: the kernel sends SIGTERM when the parent is gone, however it went."""
    os.nice(nice)
    if sys.platform != "linux":
        return
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
    if os.getppid() != parent:
        os.kill(os.getpid(), signal.SIGTERM)
