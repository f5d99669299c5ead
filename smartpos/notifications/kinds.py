"""What people are told of. Apps declare their kinds; a fold of events makes drafts of them."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from django.utils.functional import Promise

from smartpos.access.settings import STORE
from smartpos.mail.mailing import declare_mailing


class Severity(StrEnum):
    """How loud it is; tills may sound for the last."""

    INFO = "info"
    WARNING = "warning"
    CRITICAL = "critical"


# What is told, as plain data, in the language of whoever reads: a title and a sentence.
Words = Callable[[Mapping[str, Any]], tuple[str, str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """A kind of notification. Whoever has `permission` and works in its store sees it, while the permission's section is in use.

    Equal ones (`Draft.group`) within `window` are one row that counts; it is told once there were `repeated` of them.
    `mailed`: it has a mail of its own on the page of notifications (`help` says more of it there).
    """

    code: str
    label: str | Promise
    icon: str
    permission: str
    words: Words
    severity: Severity = Severity.INFO
    window: timedelta = timedelta(0)
    repeated: int = 1
    mailed: bool = False
    help: str | Promise = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """Something to be told. The same `key` is told once. `subject` («receipt:…») is what its link leads to."""

    kind: str
    key: str
    store_id: int | None
    at: datetime
    params: Mapping[str, Any] = field(default_factory=dict)
    subject: str = ""
    group: str = ""
    severity: Severity | None = None


_kinds: dict[str, Kind] = {}


class UnknownKind(LookupError):
    """Nobody declared this kind."""


def declare_kinds(*kinds: Kind) -> None:
    """Make kinds known; twice the same code is an error."""
    for kind in kinds:
        if kind.code in _kinds:
            raise UnknownKind(f"{kind.code} is declared twice")
        _kinds[kind.code] = kind
        if kind.mailed:
            declare_mailing(kind.code, kind.label, help=kind.help, levels=STORE)


def kind_of(code: str) -> Kind:
    """The declared kind."""
    if code not in _kinds:
        raise UnknownKind(code)
    return _kinds[code]


def kinds() -> Iterable[Kind]:
    """All kinds, in the order of their declaration."""
    return _kinds.values()
