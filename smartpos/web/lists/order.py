"""Order and pages of a list: by any column, steady (the key breaks ties), by key instead of by number."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.core.exceptions import FieldDoesNotExist, ValidationError
from django.db.models import F, Field, Q, QuerySet
from django.db.models.expressions import OrderBy

from smartpos.web.paging import Key

Rows = QuerySet[Any]
# Position on the list, value of the sorted field, whether there is one, key of the row.
PARTS = 4
FURTHEST = 10**12


@dataclass(frozen=True, slots=True)
class Place:
    """Between two rows: how many are before it, and the row it comes after (or, going back, before)."""

    position: int
    value: Any
    pk: int


@dataclass(frozen=True, slots=True)
class Order:
    """By one field, upwards or downwards; rows without a value come last both ways."""

    path: str
    descending: bool
    field: "Field[Any, Any] | None"
    nullable: bool

    @classmethod
    def of(cls, rows: Rows, path: str, *, descending: bool) -> "Order":
        """The order of these rows by a path, which may be one of their annotations."""
        annotation = rows.query.annotations.get(path)
        if annotation is not None:
            return cls(path, descending, annotation.output_field, nullable=True)
        fields = _fields(rows.model, path)
        return cls(path, descending, fields[-1], nullable=any(field.null for field in fields))

    def arrange(self, rows: Rows, *, back: bool = False) -> Rows:
        """The rows in this order, or all the way back."""
        down = self.descending != back
        by: list[OrderBy | str] = []
        if self.path != "pk":
            last = {("nulls_first" if back else "nulls_last"): True} if self.nullable else {}
            by.append(F(self.path).desc(**last) if down else F(self.path).asc(**last))
        return rows.order_by(*by, "-pk" if down else "pk")

    def beyond(self, rows: Rows, place: Place, *, back: bool = False) -> Rows:
        """The rows on the far side of a place."""
        further = "lt" if self.descending != back else "gt"
        if self.path == "pk":
            return rows.filter(**{f"pk__{further}": place.pk})
        tie = Q(**{f"pk__{further}": place.pk})
        if place.value is None:
            without = Q(**{f"{self.path}__isnull": True})
            return rows.filter(~without | tie if back else without & tie)
        # As a range with a hole, so that an index on field and key is used.
        if not self.nullable:
            near = Q(**{self.path: place.value}) & ~tie
            return rows.filter(**{f"{self.path}__{further}e": place.value}).exclude(near)
        past = Q(**{f"{self.path}__{further}": place.value}) | Q(**{self.path: place.value}) & tie
        return rows.filter(past if back else past | Q(**{f"{self.path}__isnull": True}))

    def key(self, row: Any, position: int) -> Key:
        """The place behind a row, as an address carries it."""
        value = row
        for part in self.path.split("__") if self.path != "pk" else ():
            value = getattr(value, part, None)
        if self.path == "pk" or value is None:
            return str(position), "", "", str(row.pk)
        return str(position), value.isoformat() if isinstance(value, date | datetime) else str(value), "1", str(row.pk)

    def place(self, key: Key | None) -> Place | None:
        """The place that a key names; None for one that was not made here."""
        if key is None:
            return None
        position, text, given, pk = key
        if not all(part.isascii() and part.isdigit() and len(part) < 19 for part in (position, pk)):
            return None
        try:
            value = self.field.to_python(text) if given and self.field else None
        except ValidationError:
            return None
        return Place(min(int(position), FURTHEST), value, int(pk))


def _fields(model: Any, path: str) -> Sequence["Field[Any, Any]"]:
    found = []
    for part in path.split("__"):
        field = model._meta.pk if part == "pk" else model._meta.get_field(part)
        if not isinstance(field, Field):
            raise FieldDoesNotExist(f"{model.__name__}: {path} leads to many rows")
        found.append(field)
        model = field.related_model
    return found
