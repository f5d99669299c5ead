"""How one address sets a list: filters, order, columns and place."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.http import QueryDict

from smartpos.web.lists.columns import Column
from smartpos.web.lists.declared import OfficeList
from smartpos.web.lists.filters import Bound
from smartpos.web.lists.order import PARTS, Order
from smartpos.web.pages import OfficeRequest
from smartpos.web.paging import key_in, key_text
from smartpos.web.stores import shown_stores

Rows = QuerySet[Any]


@dataclass(frozen=True, slots=True)
class State:
    """A list as an address sets it. What cannot be read is left out, so every address shows something."""

    of: OfficeList
    request: OfficeRequest
    filters: list[Bound]
    sorted_by: Column
    descending: bool
    columns: list[Column]

    @property
    def filtered(self) -> bool:
        """Whether any filter is set: then an empty list means that nothing was found."""
        return any(bound.given for bound in self.filters)

    def narrow(self, rows: Rows) -> Rows:
        """The rows of the shown stores that pass the filters."""
        if self.of.store:
            rows = rows.filter(**{f"{self.of.store}__in": [store.pk for store in shown_stores(self.request)]})
        for bound in self.filters:
            rows = bound.narrow(rows)
        return rows

    def read(self, rows: Rows, columns: Iterable[Column]) -> Rows:
        """The rows with what these columns need of them."""
        for column in columns:
            rows = column.reads(rows) if column.reads else rows
        return rows

    def order(self, rows: Rows) -> Order:
        """The order of the rows."""
        return Order.of(rows, self.sorted_by.sort, descending=self.descending)

    def query(self, *, sort: str | None = None, columns: Iterable[Column] | None = None) -> QueryDict:
        """The address's query without idle parts; a given order or choice of columns takes the place of the one that holds."""
        query = QueryDict(mutable=True)
        for bound in self.filters:
            query.update(bound.given)
        order = self.sort if sort is None else sort
        if order != self.of.order:
            query["sort"] = order
        chosen = self.columns if columns is None else list(columns)
        if chosen != shipped(self.of):
            query.setlist("column", [column.code for column in chosen])
        return query

    @property
    def sort(self) -> str:
        """The order as the address says it."""
        return f"-{self.sorted_by.code}" if self.descending else self.sorted_by.code


def shipped(of: OfficeList) -> list[Column]:
    """The columns before anybody chose."""
    return [column for column in of.columns if column.shown]


def read(of: OfficeList, request: OfficeRequest, query: QueryDict) -> State:
    """Read an address."""
    column, descending = _sorted_by(of, query.get("sort", ""))
    asked = set(query.getlist("column"))
    # The first column names the row; it always stands.
    chosen = [c for n, c in enumerate(of.columns) if c.code in asked or n == 0] if asked else shipped(of)
    return State(of, request, [one.bind(query, request) for one in of.filters], column, descending, chosen)


def _sorted_by(of: OfficeList, text: str) -> tuple[Column, bool]:
    for asked in (text, of.order):
        column = of.column(asked.removeprefix("-"))
        if column is not None and column.sort:
            return column, asked.startswith("-")
    raise LookupError(f"{of.code}: {of.order} is no column that sorts")


@dataclass(frozen=True, slots=True)
class Slice:
    """The rows of a page and where it lies; `previous` and `next` are what the address adds to get there."""

    rows: list[Any]
    first: int
    previous: tuple[str, str] | None
    next: tuple[str, str] | None


def cut(state: State, rows: Rows, query: QueryDict) -> Slice:
    """The page that an address asks for; nothing is counted."""
    order, size = state.order(rows), state.of.page
    back = order.place(key_in(query, PARTS, "before"))
    after = None if back else order.place(key_in(query, PARTS, "after"))
    if back is not None:
        found = _few(order, rows, order.beyond(rows, back, back=True), size + 1, back=True)
        if len(found) > size:
            shown = found[size - 1 :: -1]
            first = max(1, back.position - size)
            return Slice(
                shown, first, ("before", key_text(order.key(shown[0], first))),
                ("after", key_text(order.key(shown[-1], first + size - 1))),
            )  # fmt: skip
        after = None
    start = rows if after is None else order.beyond(rows, after)
    found = _few(order, rows, start, size + 1)
    shown = found[:size]
    first = 1 if after is None else after.position + 1
    more = ("after", key_text(order.key(shown[-1], first + size - 1))) if len(found) > size else None
    less = ("before", key_text(order.key(shown[0], first))) if shown and after is not None else None
    return Slice(shown, first, less, more)


def _few(order: Order, rows: Rows, start: Rows, count: int, *, back: bool = False) -> list[Any]:
    """The first of these rows: their keys by the index of the order, then the rows with what they show.

    In one statement a planner may begin at a small table that is joined, and sort all rows that there are.
    """
    bare = order.arrange(start, back=back).select_related(None).prefetch_related(None)
    keys = list(bare.values_list("pk", flat=True)[:count])
    return list(order.arrange(rows.filter(pk__in=keys), back=back)) if keys else []
