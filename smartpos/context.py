"""Who does what, where: the current act, carried through a request, an operation or a job.

The tenant scope of every query hangs on it (`smartpos.people.scope`), the audit log and the logs read it.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, replace
from typing import Any


@dataclass(frozen=True, slots=True)
class Act:
    """Plain ids only, so that the lowest floor of the house knows nothing of people. `origin` is our address in links that we mail."""

    business_id: int | None = None
    store_id: int | None = None
    actor_id: int | None = None
    device_id: int | None = None
    address: str = ""
    origin: str = ""
    request_id: str = ""


_current: ContextVar[Act] = ContextVar("smartpos_act", default=Act())  # noqa: B039 - frozen


def current() -> Act:
    """The act going on; an empty one outside any."""
    return _current.get()


@contextmanager
def acting(**changes: Any) -> Iterator[Act]:
    """Run a block as another act: the current one with some of its fields replaced."""
    token = _current.set(replace(_current.get(), **changes))
    try:
        yield _current.get()
    finally:
        _current.reset(token)


def begin(act: Act) -> None:
    """Replace the current act for the rest of this context: a request's guard calls it once it knows who asks."""
    _current.set(act)
