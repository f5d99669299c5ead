"""What was valid at a cursor: the change log in the process's memory.

An act names the cursor of the cache it was made from. A process whose log reaches that far can judge it without asking the
database; one that does not reads the rest first. So the hot path costs no statement, and staleness cannot exist.
"""

import threading
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

import msgspec

from smartpos.operations.models import Change

MAX_BUSINESSES = 32
# Places in the row of a person that tills cache (docs/terminal-protocol.md, 4).
PERSON_NAME, PERSON_ROLE, PERSON_CODES, PERSON_STORES = range(4)


@dataclass(frozen=True, slots=True)
class Fact:
    """One state of one thing: from which cursor, its key in the database, its body (None = gone)."""

    cursor: int
    object_id: int
    store_id: int | None
    body: list[Any] | None


def works_in(body: list[Any], store: UUID) -> bool:
    """Whether the person of this row works in a store."""
    stores = body[PERSON_STORES]
    return stores is None or str(store) in stores


def codes_in(fact: Fact | None, store: UUID) -> frozenset[str]:
    """What a person might do in a store; nothing where they did not work, or were gone."""
    if fact is None or fact.body is None or not works_in(fact.body, store):
        return frozenset()
    return frozenset(fact.body[PERSON_CODES])


@dataclass(slots=True)
class Log:
    """The changes of one business up to a cursor, per kind and key, oldest first."""

    cursor: int = 0
    facts: dict[tuple[str, str], tuple[Fact, ...]] = field(default_factory=dict)
    _keys: dict[str, tuple[str, ...]] = field(default_factory=dict)

    def keys(self, kind: str) -> tuple[str, ...]:
        """The keys of all things of a kind that ever were, in order; looked up once, since a log is never changed."""
        if kind not in self._keys:
            self._keys[kind] = tuple(sorted(key for of_kind, key in self.facts if of_kind == kind))
        return self._keys[kind]

    def at(self, kind: str, key: str, cursor: int, store_id: int | None = None) -> Fact | None:
        """What the thing looked like to a store at a cursor; None when there was nothing yet. Other stores' rows do not count."""
        for fact in reversed(self.facts.get((kind, key), ())):
            if fact.cursor <= cursor and (fact.store_id is None or fact.store_id == store_id):
                return fact
        return None

    def last(self, kind: str, key: str, store_id: int | None = None) -> Fact | None:
        """What the thing looks like to a store as far as this process knows."""
        return self.at(kind, key, self.cursor, store_id)


_logs: dict[int, Log] = {}
_lock = threading.Lock()
_decode = msgspec.json.Decoder().decode


def log_for(business_id: int, cursor: int) -> Log:
    """The log, read at least up to `cursor` (or to its end, where the cursor is one that the server never gave)."""
    log = _logs.get(business_id)
    if log is None or log.cursor < cursor:
        log = _read_on(business_id)
    return log


def _read_on(business_id: int) -> Log:
    with _lock:
        old = _logs.get(business_id) or Log()
        facts = dict(old.facts)
        end = old.cursor
        rows = Change.objects.filter(business_id=business_id, cursor__gt=end).order_by("cursor")
        for cursor, kind, key, object_id, store_id, body in rows.values_list(
            "cursor", "kind", "key", "object_id", "store_id", "body"
        ).iterator(chunk_size=5000):
            fact = Fact(cursor, object_id, store_id, None if body is None else _decode(body))
            facts[kind, key] = (*facts.get((kind, key), ()), fact)
            end = cursor
        if len(_logs) >= MAX_BUSINESSES and business_id not in _logs:
            _logs.pop(next(iter(_logs)))
        _logs[business_id] = Log(end, facts)
        return _logs[business_id]


def forget() -> None:
    """Drop everything; for tests that roll the database back."""
    with _lock:
        _logs.clear()
