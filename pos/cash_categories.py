"""What cash may leave a drawer for: a kind of setting."""

from dataclasses import dataclass
from typing import Any

import msgspec
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from smartpos.access.kinds import Kind
from smartpos.errors import DomainError

MOST, LONGEST = 20, 40
CODE = "shift.cash_categories"
Category = tuple[str | Promise, bool]
SHIPPED: tuple[Category, ...] = (
    (gettext_lazy("Bank deposit"), False),
    (gettext_lazy("Supplier payment"), True),
    (gettext_lazy("Office supplies"), True),
    (gettext_lazy("Other expense"), True),
)


@dataclass(frozen=True, slots=True)
class Categories(Kind):
    """Names, each with the word whether it is an expense (C-18)."""

    def parse(self, text: str) -> tuple[Category, ...]:
        return tuple((name, bool(expense)) for name, expense in msgspec.json.decode(text))

    def text(self, value: tuple[Category, ...]) -> str:
        return msgspec.json.encode(self.plain(value)).decode()

    def clean(self, value: Any) -> tuple[Category, ...]:
        named = [(" ".join(str(name).split()), bool(expense)) for name, expense in value]
        if not named or len(named) > MOST:
            raise DomainError(_("Give at least one category, and at most %(count)s.") % {"count": MOST})
        if any(not name or len(name) > LONGEST for name, _expense in named):
            raise DomainError(_("A category has a name of at most %(count)s letters.") % {"count": LONGEST})
        if len({name.casefold() for name, _expense in named}) < len(named):
            raise DomainError(_("Two categories have the same name."))
        return tuple(named)

    def plain(self, value: tuple[Category, ...]) -> list[list[Any]]:
        return [[str(name), expense] for name, expense in value]

    def shown(self, value: tuple[Category, ...]) -> str:
        return ", ".join(str(name) for name, _expense in value)
