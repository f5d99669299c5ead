"""What is mailed: each type with the variables its texts may use. Apps declare theirs."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True, slots=True)
class Variable:
    """A hole in a text, what fills it in words, and an example for previews and tests."""

    name: str
    label: str | Promise
    sample: str


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file that goes with a mail."""

    name: str
    content: bytes
    type: str = "application/pdf"


# What goes with a mail, made when it leaves: from what it is about, in its language.
Attach = Callable[[str, str], Sequence[Attachment]]


@dataclass(frozen=True, slots=True)
class MailType:
    """A kind of mail. Its texts are `templates/email/<code>/subject.<language>.txt`, `body.<language>.txt` and `.html`.

    `secret`: whoever reads it can act as the receiver (an invitation, a new password). Its text is not kept once it is sent.
    `attach` makes the files that go with it, inside the act of its business, each time it is tried; what it raises is a failed try.
    `needs` are variables without which its text is of no use.
    """

    code: str
    label: str | Promise
    variables: tuple[Variable, ...] = ()
    secret: bool = False
    attach: Attach | None = None
    needs: tuple[str, ...] = ()

    @property
    def names(self) -> frozenset[str]:
        """Everything that its texts may use."""
        return frozenset(variable.name for variable in (*COMMON, *self.variables))


COMMON = (Variable("business_name", _("Name of the business"), "Kafana Dva Ribara"),)

_types: dict[str, MailType] = {}


class UnknownMail(LookupError):
    """Nobody declared this type."""


def declare_mail(*types: MailType) -> None:
    """Make types known; twice the same code is an error."""
    for kind in types:
        if kind.code in _types:
            raise UnknownMail(f"{kind.code} is declared twice")
        _types[kind.code] = kind


def mail_type(code: str) -> MailType:
    """The declared type."""
    if code not in _types:
        raise UnknownMail(code)
    return _types[code]


def mail_types() -> list[MailType]:
    """All declared types, by code."""
    return [_types[code] for code in sorted(_types)]
