"""What businesses, stores and terminals have in common: how their fields are checked, and who is asked before one changes."""

import re

from django.utils.translation import gettext as _

from smartpos.db.locks import serialise
from smartpos.errors import DomainError
from smartpos.money import Currency, MoneyError
from smartpos.people.models import Store, Terminal
from smartpos.registry import Hook

PHONE = re.compile(r"\+?[0-9][0-9 ()/.\-]{4,30}")


def one_line(text: str) -> str:
    """A text without blanks at its ends, and single ones inside."""
    return " ".join(text.split())


def check_currency(code: str) -> None:
    """A currency that there is."""
    try:
        Currency.of(code)
    except MoneyError as error:
        raise DomainError(_("Unknown currency."), field="currency") from error


def check_phone(text: str) -> str:
    """A telephone number as people write it, or nothing."""
    text = one_line(text)
    if text and not PHONE.fullmatch(text):
        raise DomainError(_("Write a telephone number, such as +387 33 123 456."), field="phone")
    return text


def serialise_shifts(store_id: int) -> None:
    """Inside a transaction: nobody opens a shift of this store while somebody decides by what is open there."""
    serialise(f"shifts:{store_id}")


def refuse_for(hook: Hook[[Store, list[str]]], store: Store, *, field: str = "") -> None:
    """Ask the higher rooms; what they have against it becomes the refusal."""
    reasons: list[str] = []
    hook(store, reasons)
    if reasons:
        raise DomainError(" ".join(reasons), code="in_use", field=field)


def refuse_for_terminal(hook: Hook[[Terminal, list[str]]], terminal: Terminal) -> None:
    """The same for a terminal."""
    reasons: list[str] = []
    hook(terminal, reasons)
    if reasons:
        raise DomainError(" ".join(reasons), code="in_use")
