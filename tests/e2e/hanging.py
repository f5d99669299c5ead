"""A browser that never answers: the driver's own calls have no limit, so whoever waits too long has the browser taken away.

Its calls then fail with what the test was doing, and the next test gets a new browser.
"""

import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Timer

# Seconds: the longest test takes half of it on a busy machine.
PATIENCE = 400


@contextmanager
def limited(seconds: float = PATIENCE) -> Iterator[None]:
    """What takes longer loses every browser that this process has started."""
    timer = Timer(seconds, end_browsers)
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()


def end_browsers() -> None:
    """Every Chromium below this process; what it was to do fails at the driver."""
    for pid, name in below(os.getpid()):
        if name.startswith("chrom"):
            try:
                os.kill(pid, signal.SIGKILL)
            except ProcessLookupError:
                continue


def below(parent: int) -> Iterator[tuple[int, str]]:
    """The processes that this one has started, and those that they have: number and name."""
    children: dict[int, list[tuple[int, str]]] = {}
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            number, rest = path.read_text().split(" (", 1)
        except OSError:
            continue
        name, fields = rest.rsplit(") ", 1)
        children.setdefault(int(fields.split()[1]), []).append((int(number), name))
    waiting = [parent]
    while waiting:
        for pid, name in children.get(waiting.pop(), []):
            waiting.append(pid)
            yield pid, name
