"""The kinds of operation. Apps declare theirs: the shape of the body and the function that judges it."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Protocol
from uuid import UUID

import msgspec

from smartpos.access.permissions import OFFICE_ROLES
from smartpos.audit.services import Data
from smartpos.operations.envelope import Approval, Mark, Operation
from smartpos.operations.facts import PERSON_ROLE, Log, codes_in
from smartpos.outbox.events import Event
from smartpos.people.models import Device


class Journal(Protocol):
    """The locked row of the device, as a judge may read and move it."""

    last_number: int


@dataclass(frozen=True, slots=True)
class Case:
    """Everything a judge may know about an act besides its body."""

    operation: Operation
    device: Device
    journal: Journal
    facts: Log
    actor_id: int | None
    codes: frozenset[str]
    occurred_at: datetime
    received_at: datetime
    business_date: date

    def may(self, code: str) -> bool:
        """Whether the actor had the right when acting, or somebody who has it approved."""
        return code in self.codes or any(approval.code == code for approval in self.approved())

    def approved(self) -> list[Approval]:
        """The approvals whose givers had the right to give them."""
        return [approval for approval in self.operation.approvals if self._approves(approval.by, approval.code)]

    def _approves(self, by: UUID, code: str) -> bool:
        """Only a manager or above says yes for somebody else, whatever rights a role has for itself."""
        fact = self.facts.at("employee", str(by), self.operation.cursor)
        manager = fact is not None and fact.body is not None and fact.body[PERSON_ROLE] in OFFICE_ROLES
        return manager and code in codes_in(fact, self.device.store.uuid)


@dataclass(slots=True)
class Verdict:
    """What a judge decided: the state, what is told to the till, what a manager sees, and the writing to be done."""

    state: str = "done"
    result: dict[str, Any] | None = None
    marks: list[Mark] = field(default_factory=list)
    action: str = ""
    subject: str = ""
    data: Data = field(default_factory=dict)
    event: Event | None = None
    write: Callable[[], None] = lambda: None
    write_last: Callable[[], None] = lambda: None

    @classmethod
    def review(cls, code: str, *, line: str = "", detail: str = "") -> "Verdict":
        """Keep it for a manager and book nothing."""
        return cls(state="review", marks=[Mark(code=code, line=line, detail=detail)])


Judge = Callable[[Case, Any], Verdict]


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of operation, version 1. Of a `private` one the journal, which cannot forget, keeps no body; where it `parks` it,
    one that waits for review keeps its body beside the journal.
    """

    name: str
    body: type[msgspec.Struct]
    judge: Judge
    decode: Callable[[msgspec.Raw], Any]
    private: bool
    parks: bool


_kinds: dict[str, Kind] = {}


def declare_kind(
    name: str, body: type[msgspec.Struct], judge: Judge, *, private: bool = False, parks: bool = False
) -> None:  # fmt: skip
    """Make a kind known; twice the same name is an error. `private`: its body is about people, who may ask to be forgotten.
    `parks`: it has to be kept all the same until a manager has looked.
    """
    if name in _kinds:
        raise LookupError(f"operation kind {name} is declared twice")
    _kinds[name] = Kind(name, body, judge, msgspec.json.Decoder(body).decode, private, parks)


def kind_of(name: str) -> Kind | None:
    """The kind, or None for one this server does not know (it may come from a newer till)."""
    return _kinds.get(name)


def known_kinds() -> list[Kind]:
    """All kinds by name."""
    return [_kinds[name] for name in sorted(_kinds)]
