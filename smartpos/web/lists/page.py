"""A list as its page shows it."""

from dataclasses import dataclass
from functools import cached_property

from django.http import QueryDict
from django.utils.formats import number_format
from django.utils.functional import Promise
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from smartpos.access.permissions import allowed
from smartpos.web.lists.columns import Column
from smartpos.web.lists.declared import Bulk, Link, OfficeList
from smartpos.web.lists.filters import Bound, BoundSearch
from smartpos.web.lists.rows import rows
from smartpos.web.lists.state import Rows, Slice, State
from smartpos.web.models import SavedView
from smartpos.web.pages import OfficeRequest

# Counting further would cost more than the number tells: somebody who wrote words reads the first page, or writes more of them.
MOST_COUNTED, MOST_FOUND = 10_000, 1_000


@dataclass(frozen=True, slots=True)
class Head:
    """A column's head: what it sorts by when pressed, and how it is sorted now (as `aria-sort` says it)."""

    column: Column
    query: str
    sorted: str


@dataclass(frozen=True)
class Listing:
    """Everything that `components/list/_list.html` reads."""

    of: OfficeList
    state: State
    slice: Slice
    views: list[SavedView]
    links: list[Link]
    bulk: list[Bulk]
    may_export: bool
    may_fill: bool
    path: str
    total: int | None

    @property
    def searches(self) -> list[Bound]:
        """Where words are written: in sight on every screen."""
        return [bound for bound in self.state.filters if isinstance(bound, BoundSearch)]

    @property
    def fields(self) -> list[Bound]:
        """The other filters, which a phone keeps in a sheet."""
        return [bound for bound in self.state.filters if not isinstance(bound, BoundSearch)]

    @property
    def narrowed(self) -> int:
        """How many of the other filters are set."""
        return sum(bool(bound.given) for bound in self.fields)

    @property
    def heads(self) -> list[Head]:
        """The heads of the columns."""
        return [self._head(column) for column in self.state.columns]

    def _head(self, column: Column) -> Head:
        if not column.sort:
            return Head(column, "", "")
        here = column is self.state.sorted_by
        turned = f"-{column.code}" if here and not self.state.descending else column.code
        order = ("descending" if self.state.descending else "ascending") if here else "none"
        return Head(column, self._address(self.state.query(sort=turned)), order)

    @cached_property
    def lines(self) -> list[SafeString]:
        """The rows of this page as HTML; asked for three times."""
        return rows(self.of, self.state.columns, self.slice.rows, choosable=bool(self.bulk))

    @property
    def last(self) -> int:
        """The position of the last row on this page."""
        return self.slice.first + len(self.slice.rows) - 1

    @property
    def of_how_many(self) -> str:
        """How many rows there are, as far as that is known."""
        if not self.next:
            return _("of %(count)s") % {"count": number_format(self.last)}
        if self.total is None:
            return ""
        most = most_counted(self.state)
        text = _("of more than %(count)s") if self.total > most else _("of %(count)s")
        return text % {"count": number_format(min(self.total, most))}

    @property
    def previous(self) -> str:
        """The address of the page before, or ""."""
        return self._step(self.slice.previous)

    @property
    def next(self) -> str:
        """The address of the next page, or ""."""
        return self._step(self.slice.next)

    def _step(self, step: tuple[str, str] | None) -> str:
        if step is None:
            return ""
        query = self.state.query()
        query[step[0]] = step[1]
        return self._address(query)

    @property
    def sorts(self) -> list[tuple[str, str | Promise, bool]]:
        """Code, label and direction of every order, for the screens that have no heads."""
        return [
            (f"{sign}{column.code}", column.label, bool(sign))
            for column in self.of.columns
            if column.sort
            for sign in ("", "-")
        ]

    @property
    def query(self) -> str:
        """The list's state as an address carries it, without the place."""
        return self.state.query().urlencode()

    @property
    def address(self) -> str:
        """The address of this list as it stands, without the place."""
        return self._address(self.state.query())

    @property
    def bare(self) -> str:
        """The list without filters, with its order and columns."""
        query = self.state.query()
        for bound in self.state.filters:
            for name in bound.given:
                del query[name]
        return self._address(query)

    @property
    def export(self) -> str:
        """Where the rows are had as a file."""
        query = self.state.query()
        query["export"] = "csv"
        return self._address(query)

    @property
    def view(self) -> SavedView | None:
        """The saved view that is shown."""
        return next((view for view in self.views if view.query == self.query), None)

    def _address(self, query: QueryDict) -> str:
        # A list that was changed is never the bare address, which would open the person's own view.
        return f"{self.path}?{query.urlencode() or 'view=all'}"


def most_counted(state: State) -> int:
    """How far the rows of a list are counted."""
    return MOST_FOUND if any(isinstance(bound, BoundSearch) and bound.given for bound in state.filters) else MOST_COUNTED


def counted(state: State, rows: Rows) -> int:
    """How many rows there are; one more than the most that are counted stands for all beyond."""
    return rows.order_by().select_related(None)[: most_counted(state) + 1].count()


def saved_views(request: OfficeRequest, of: OfficeList) -> list[SavedView]:
    """What this person saved of a list, by name."""
    return list(SavedView.objects.filter(employee=request.employee, code=of.code).order_by("name"))


def listing(state: State, found: Slice, *, views: list[SavedView], total: int | None = None) -> Listing:
    """Put a page of rows together."""
    request, of = state.request, state.of
    actor = request.employee
    return Listing(
        of, state, found,
        views=views,
        links=sorted((link for link in of.links if allowed(actor, link.permission)), key=lambda link: link.primary),
        bulk=[bulk for bulk in of.bulk if allowed(actor, bulk.permission)],
        may_export=bool(of.export) and allowed(actor, of.export),
        may_fill=bool(of.empty.url) and (not of.empty.permission or allowed(actor, of.empty.permission)),
        path=request.path, total=total,
    )  # fmt: skip
