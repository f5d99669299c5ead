"""Kinds of setting: what a value is in Python, as text in its row, as plain data for a till, and what it must not be."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from smartpos.errors import DomainError

Choices = Sequence[tuple[str, str | Promise]]


class Kind:
    """A kind keeps text; subclasses say what it means."""

    def parse(self, text: str) -> Any:
        """The value of a stored text."""
        return text

    def text(self, value: Any) -> str:
        """The text that is stored."""
        return str(value)

    def clean(self, value: Any) -> Any:
        """The value as it may be stored; DomainError with a sentence when it may not."""
        return value

    def plain(self, value: Any) -> Any:
        """The value as tills get it: exact numbers as strings."""
        return value

    def shown(self, value: Any) -> str:
        """The value for people: beside «as organisation»."""
        return self.text(value)


@dataclass(frozen=True, slots=True)
class Flag(Kind):
    """On or off."""

    def parse(self, text: str) -> bool:
        return text == "1"

    def text(self, value: bool) -> str:  # noqa: FBT001 - it is the value
        return "1" if value else "0"

    def clean(self, value: Any) -> bool:
        return bool(value)

    def shown(self, value: bool) -> str:  # noqa: FBT001 - it is the value
        return _("On") if value else _("Off")


@dataclass(frozen=True, slots=True)
class Text(Kind):
    """A line, or several."""

    longest: int = 200
    lines: int = 1
    required: bool = False

    def clean(self, value: Any) -> str:
        text = str(value).replace("\r\n", "\n").replace("\x00", "").strip()
        if self.lines == 1:
            text = " ".join(text.split())
        if self.required and not text:
            raise DomainError(_("Write something here."))
        if len(text) > self.longest or text.count("\n") >= self.lines:
            raise DomainError(_("At most %(count)s characters.") % {"count": self.longest})
        return text


@dataclass(frozen=True, slots=True)
class Whole(Kind):
    """A whole number within bounds."""

    least: int = 0
    most: int = 1_000_000
    unit: str | Promise = ""

    def parse(self, text: str) -> int:
        return int(text)

    def clean(self, value: Any) -> int:
        if value is None or value != int(value):
            raise DomainError(_("Write a whole number."))
        if not self.least <= value <= self.most:
            raise DomainError(_("From %(least)s to %(most)s.") % {"least": self.least, "most": self.most})
        return int(value)


@dataclass(frozen=True, slots=True)
class Number(Kind):
    """An exact number: an amount, a percentage, a quantity."""

    least: Decimal = Decimal(0)
    most: Decimal = Decimal(999_999_999)
    places: int = 2
    unit: str | Promise = ""

    def parse(self, text: str) -> Decimal:
        return Decimal(text)

    def text(self, value: Decimal) -> str:
        return format(value.normalize() + 0, "f")

    def clean(self, value: Any) -> Decimal:
        try:
            number = Decimal(value)
        except (InvalidOperation, TypeError) as error:
            raise DomainError(_("Write a number.")) from error
        if not number.is_finite() or not self.least <= number <= self.most:
            raise DomainError(_("From %(least)s to %(most)s.") % {"least": self.text(self.least), "most": self.text(self.most)})
        if -int(number.normalize().as_tuple().exponent) > self.places:
            raise DomainError(_("At most %(places)s decimals.") % {"places": self.places})
        return number

    def plain(self, value: Decimal) -> str:
        return self.text(value)


PERCENT = Number(most=Decimal(100), places=4, unit="%")
AMOUNT = Number(places=4)


@dataclass(frozen=True, slots=True)
class Choice(Kind):
    """One of a few."""

    options: Choices | Callable[[], Choices]

    def choices(self) -> Choices:
        """Value and label of each."""
        return self.options() if callable(self.options) else self.options

    def clean(self, value: Any) -> str:
        if str(value) not in dict(self.choices()):
            raise DomainError(_("Choose one of the list."))
        return str(value)

    def shown(self, value: str) -> str:
        return str(dict(self.choices()).get(value, value))


@dataclass(frozen=True, slots=True)
class Colour(Kind):
    """#RRGGBB."""

    def clean(self, value: Any) -> str:
        text = str(value).strip().upper()
        if not re.fullmatch(r"#[0-9A-F]{6}", text):
            raise DomainError(_("Write a colour such as #4CAF50."))
        return text


@dataclass(frozen=True, slots=True)
class Clock(Kind):
    """A time of the day, HH:MM; empty where none is set."""

    def clean(self, value: Any) -> str:
        text = str(value or "").strip()[:5]
        if text and not re.fullmatch(r"([01][0-9]|2[0-3]):[0-5][0-9]", text):
            raise DomainError(_("Write a time such as 08:00."))
        return text

    def shown(self, value: str) -> str:
        return value or _("not set")


@dataclass(frozen=True, slots=True)
class Picture(Kind):
    """The name of a kept picture (`smartpos.access.services.files`); empty where there is none."""

    def clean(self, value: Any) -> str:
        if not re.fullmatch(r"([0-9a-f]{64})?", str(value)):
            raise DomainError(_("Choose a picture."))
        return str(value)

    def shown(self, value: str) -> str:
        return _("a picture") if value else _("none")
