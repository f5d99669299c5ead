"""Filters of a list. Each reads its own parts of the address; what it cannot read it leaves out."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from html import escape
from typing import Any, Protocol

from django.db.models import QuerySet
from django.http import QueryDict
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from smartpos.clock import business_day, day_start, now
from smartpos.people.models import Store
from smartpos.web.pages import OfficeRequest
from smartpos.web.stores import shown_stores

Rows = QuerySet[Any]
Option = tuple[str, str | Promise]
Options = Sequence[Option] | Callable[[OfficeRequest], Iterable[Option]]
LONGEST = 80
SELECTED = " selected"
SEARCH, ALL, DAYS = gettext_lazy("Search"), gettext_lazy("All"), gettext_lazy("Days")


class Bound(Protocol):
    """A filter as one address sets it."""

    @property
    def template(self) -> str:
        """The fragment that shows it."""
        ...

    @property
    def given(self) -> dict[str, str]:
        """The parts of the address that differ from the filter's rest."""
        ...

    def narrow(self, rows: Rows) -> Rows:
        """The rows that pass."""
        ...


class Filter(Protocol):
    """Something that narrows a list."""

    def bind(self, query: QueryDict, request: OfficeRequest) -> Bound:
        """Read the address."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Search:
    """Words in one field; `where` narrows the rows by what was written."""

    where: Callable[[Rows, str], Rows]
    label: str | Promise = SEARCH
    code: str = "q"

    def bind(self, query: QueryDict, request: OfficeRequest) -> "BoundSearch":
        """Read the words."""
        return BoundSearch(self, query.get(self.code, "").strip()[:LONGEST])


@dataclass(frozen=True, slots=True)
class BoundSearch:
    """The words of one address."""

    of: Search
    text: str
    template: str = "components/list/_search.html"

    @property
    def given(self) -> dict[str, str]:
        """The words, if there are any."""
        return {self.of.code: self.text} if self.text else {}

    def narrow(self, rows: Rows) -> Rows:
        """Rows with these words."""
        return self.of.where(rows, self.text) if self.text else rows


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """One of a few. `where` is the path of a field or a function of rows and value.

    The rest is `default`: with "" every row passes, and `every` is what the first option says.
    """

    code: str
    label: str | Promise
    options: Options
    where: str | Callable[[Rows, str], Rows]
    default: str = ""
    every: str | Promise = ALL

    def bind(self, query: QueryDict, request: OfficeRequest) -> "BoundChoice":
        """Read the choice."""
        options = list(self.options(request) if callable(self.options) else self.options)
        if not self.default:
            options.insert(0, ("", self.every))
        asked = query.get(self.code, self.default)
        value = asked if any(asked == option for option, _label in options) else self.default
        return BoundChoice(self, options, value)


@dataclass(frozen=True, slots=True)
class BoundChoice:
    """The choice of one address."""

    of: Choice
    options: list[Option]
    value: str
    template: str = "components/list/_choice.html"

    @property
    def given(self) -> dict[str, str]:
        """The choice, where it is not the rest."""
        return {self.of.code: self.value} if self.value != self.of.default else {}

    @property
    def choices(self) -> SafeString:
        """The options as HTML: written here, because a template would resolve every name anew for each of hundreds."""
        written = (
            f'<option value="{escape(value)}"{SELECTED if value == self.value else ""}>{escape(str(label))}</option>'
            for value, label in self.options
        )
        return mark_safe("".join(written))  # noqa: S308 - every part is escaped

    def narrow(self, rows: Rows) -> Rows:
        """Rows of this choice."""
        if not self.value:
            return rows
        return self.of.where(rows, self.value) if callable(self.of.where) else rows.filter(**{self.of.where: self.value})


@dataclass(frozen=True, slots=True, kw_only=True)
class Dates:
    """From one day to another, both included. `field` holds a day, or with `moment` a time that the store's clock dates."""

    field: str
    label: str | Promise = DAYS
    moment: bool = False

    def bind(self, query: QueryDict, request: OfficeRequest) -> "BoundDates":
        """Read the days; written the wrong way round they are turned."""
        first, last = _day(query.get("first")), _day(query.get("last"))
        if first and last and first > last:
            first, last = last, first
        stores = shown_stores(request)
        return BoundDates(self, first, last, stores[0] if stores else None)


@dataclass(frozen=True, slots=True)
class BoundDates:
    """The days of one address, and the ways to the usual ones."""

    of: Dates
    first: date | None
    last: date | None
    store: Store | None
    template: str = "components/list/_dates.html"

    @property
    def given(self) -> dict[str, str]:
        """The days that are set."""
        days = {"first": self.first, "last": self.last}
        return {name: day.isoformat() for name, day in days.items() if day}

    def narrow(self, rows: Rows) -> Rows:
        """Rows of these days."""
        if self.first:
            rows = rows.filter(**{f"{self.of.field}__gte": self._begin(self.first)})
        if self.last and self.of.moment:
            return rows.filter(**{f"{self.of.field}__lt": self._begin(self.last + timedelta(days=1))})
        return rows.filter(**{f"{self.of.field}__lte": self.last}) if self.last else rows

    @property
    def words(self) -> str:
        """The days in words."""
        named = next((label for label, _first, _last, current in self.presets if current), "")
        if named or not self.given:
            return named or _("Any time")
        first, last = (date_format(day, "SHORT_DATE_FORMAT") if day else "" for day in (self.first, self.last))
        return first if first == last else f"{first} – {last}"

    def _begin(self, day: date) -> Any:
        if not self.of.moment or self.store is None:
            return day
        return day_start(day, self.store.zone, self.store.cutoff_minutes)

    @property
    def presets(self) -> list[tuple[str, date, date, bool]]:
        """Label, first and last day, and whether they are set, of the usual ranges."""
        if self.store is None:
            return []
        today = business_day(now(), self.store.zone, self.store.cutoff_minutes)
        yesterday = today - timedelta(days=1)
        ranges = (
            (_("Today"), today, today), (_("Yesterday"), yesterday, yesterday), (_("7 days"), today - timedelta(days=6), today),
            (_("30 days"), today - timedelta(days=29), today), (_("This month"), today.replace(day=1), today),
        )  # fmt: skip
        return [(label, first, last, (first, last) == (self.first, self.last)) for label, first, last in ranges]


def _day(text: str | None) -> date | None:
    try:
        day = date.fromisoformat(text or "")
    except ValueError:
        return None
    # Room on both sides for a zone and a further day.
    return day if 1970 <= day.year <= 9000 else None
