"""To whom mail goes that nobody asks for by hand: for each type one switch and its own list of addresses (NTF-15, C-37)."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from smartpos.access.kinds import Kind, Text
from smartpos.access.settings import BUSINESS, Level, Setting, declare_settings, value
from smartpos.errors import DomainError
from smartpos.mail.services import checked_address
from smartpos.people.models import Store

TAB, SECTION = "notifications", "mails"
MOST = 20


@dataclass(frozen=True, slots=True)
class Recipients:
    """Whether a mail is sent, and to whom; without an address nobody gets it."""

    on: bool
    to: tuple[str, ...] = ()


def addresses_in(text: str) -> tuple[str, ...]:
    """Addresses as people write them, one a line or parted by commas; each once, whatever its capitals."""
    found: dict[str, str] = {}
    for part in text.replace(",", "\n").replace(";", "\n").split("\n"):
        if part.strip():
            found.setdefault(part.strip().casefold(), part.strip())
    return tuple(found.values())


def checked_addresses(given: Iterable[str]) -> tuple[str, ...]:
    """The addresses; DomainError that names the first that is none."""
    found = tuple(given)
    if len(found) > MOST:
        raise DomainError(_("At most %(count)s addresses.") % {"count": MOST})
    for one in found:
        try:
            checked_address(one)
        except DomainError as error:
            raise DomainError(_("«%(text)s» is not an e-mail address.") % {"text": one[:80]}) from error
    return found


@dataclass(frozen=True, slots=True)
class Addresses(Text):
    """Addresses, one a line."""

    longest: int = 4000
    lines: int = MOST

    def clean(self, value: Any) -> str:
        return "\n".join(checked_addresses(addresses_in(str(value).replace("\x00", ""))))


@dataclass(frozen=True, slots=True)
class Mailing(Kind):
    """A switch and the addresses; kept as lines, the switch first."""

    def parse(self, text: str) -> Recipients:
        on, *to = text.split("\n")
        return Recipients(on == "1", tuple(to))

    def text(self, value: Recipients) -> str:
        return "\n".join(["1" if value.on else "0", *value.to])

    def clean(self, value: Any) -> Recipients:
        if not isinstance(value, Recipients):
            raise DomainError(_("Write addresses, one a line."))
        return Recipients(bool(value.on), checked_addresses(addresses_in("\n".join(value.to))))

    def shown(self, value: Recipients) -> str:
        if not value.on:
            return _("Off")
        count = len(value.to)
        return ngettext("%(count)s address", "%(count)s addresses", count) % {"count": count} if count else _("nobody")


def declare_mailing(
    code: str, label: str | Promise, *, help: str | Promise = "", on: bool = False, levels: tuple[Level, ...] = BUSINESS  # noqa: A002
) -> None:  # fmt: skip
    """Put a type of mail on the page of notifications. `on` is whether it goes out as soon as it has addresses."""
    setting = Setting(f"mails.{code}", Mailing(), Recipients(on), label, help, levels=levels, tab=TAB, section=SECTION)
    declare_settings(setting)


def recipients_of(code: str, store: Store | None = None) -> tuple[str, ...]:
    """Who gets this mail now."""
    found: Recipients = value(f"mails.{code}", store=store)
    return found.to if found.on else ()
