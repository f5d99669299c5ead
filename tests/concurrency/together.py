"""Several threads at once, each with a database connection of its own."""

import threading
from collections.abc import Callable, Sequence
from typing import TypeVar

from django.db import connections

from smartpos.context import Act, begin

T = TypeVar("T")


def together(acts: Sequence[Callable[[], T]], *, seconds: float = 60) -> list[T]:
    """Start all acts at the same moment; answers what each answered, or raises what the first of them raised."""
    start = threading.Barrier(len(acts))
    answers: dict[int, T] = {}
    failures: list[BaseException] = []

    def run(index: int, act: Callable[[], T]) -> None:
        begin(Act())
        try:
            start.wait(seconds)
            answers[index] = act()
        except BaseException as error:  # noqa: BLE001 - told to the test below
            failures.append(error)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=(n, act), daemon=True) for n, act in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(seconds)
        assert not thread.is_alive(), "somebody waits for ever"
    if failures:
        raise failures[0]
    return [answers[n] for n in range(len(acts))]
