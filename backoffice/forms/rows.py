"""Fields that are lists: discount tiers, discount buttons, categories of cash, each a row of small inputs of the same names."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Literal

from django import forms
from django.core.exceptions import ValidationError
from django.utils.formats import number_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from pos.cash_categories import MOST as MOST_CATEGORIES
from pos.cash_categories import Categories, Category
from pos.tiers import MOST_PRESETS, Presets, Tier, Tiers
from smartpos.web.forms import NumberField

Row = list[str]


@dataclass(frozen=True, slots=True)
class Column:
    """One input of a row; with `choices` it is a list to choose from, with `words` free text."""

    name: str
    label: str | Promise
    choices: Sequence[tuple[str, str | Promise]] = ()
    words: bool = False
    wide: bool = False


class RowsWidget(forms.Widget):
    """Takes the rows out of the form: each column's values in their order. The template of the page draws it."""

    def __init__(self, columns: Sequence[Column]) -> None:
        super().__init__()
        self.columns = columns

    def value_from_datadict(self, data: Any, files: Any, name: str) -> list[Row]:
        lists = [data.getlist(f"{name}:{column.name}") for column in self.columns]
        shortest = min(map(len, lists))
        return [row for n in range(shortest) if any(row := [values[n].strip()[:40] for values in lists])]

    def value_omitted_from_data(self, data: Any, files: Any, name: str) -> bool:
        return f"{name}:{self.columns[0].name}" not in data


class RowsField(forms.Field):
    """Rows of text as a person writes them, and the value that they mean."""

    def __init__(
        self, columns: Sequence[Column], *, most: int, read: Callable[[list[Row]], Any], write: Callable[[Any], list[Row]]
    ) -> None:
        super().__init__(required=False, widget=RowsWidget(columns))
        self.columns, self.most, self.read, self.write = columns, most, read, write

    def clean(self, value: list[Row]) -> Any:
        return self.read(value)

    def has_changed(self, initial: Any, data: Any) -> bool:
        return bool(self.write(initial) != data)

    def rows(self, value: Any) -> list[list[tuple[Column, str]]]:
        """The rows to draw: as they were typed, or as they are stored."""
        typed = value if isinstance(value, list) else self.write(value)
        return [list(zip(self.columns, row, strict=True)) for row in typed]

    def empty_row(self) -> list[tuple[Column, str]]:
        """What «add» adds."""
        return [(column, "") for column in self.columns]


def _number(text: str, *, places: int = 4) -> Decimal:
    if not text:
        raise ValidationError(_("Fill in every row, or take it away."))
    return NumberField(places=places).number(text)


def _shown(number: Decimal | None) -> str:
    return "" if number is None else number_format(number, decimal_pos=max(0, -int(number.normalize().as_tuple().exponent)))


def _kind(text: str) -> Literal["percent", "amount"]:
    if text == "amount":
        return "amount"
    if text not in ("", "percent"):
        raise ValidationError(_("Choose one of the list."))
    return "percent"


def _read_tiers(rows: list[Row]) -> tuple[Tier, ...]:
    return tuple(
        Tier(_number(start), _number(end) if end else None, _kind(kind), _number(most)) for start, end, most, kind in rows
    )


def _write_tiers(value: tuple[Tier, ...]) -> list[Row]:
    return [[_shown(t.start), _shown(t.end), _shown(t.most), t.kind] for t in value]


def tiers_field(kind: Tiers) -> forms.Field:
    """From, below, at most, per cent or amount."""
    kinds = (("percent", "%"), ("amount", gettext_lazy("amount")))
    columns = (
        Column("start", gettext_lazy("From")), Column("end", gettext_lazy("Below")), Column("most", gettext_lazy("At most")),
        Column("kind", gettext_lazy("Kind"), choices=kinds),
    )  # fmt: skip
    return RowsField(columns, most=20, read=_read_tiers, write=_write_tiers)


def _read_presets(rows: list[Row]) -> tuple[tuple[Decimal, str], ...]:
    return tuple((_number(percent), label) for percent, label in rows)


def _write_presets(value: tuple[tuple[Decimal, str], ...]) -> list[Row]:
    return [[_shown(percent), label] for percent, label in value]


def presets_field(kind: Presets) -> forms.Field:
    """Per cent and a label."""
    columns = (Column("percent", "%"), Column("label", gettext_lazy("Label (optional)"), words=True, wide=True))
    return RowsField(columns, most=MOST_PRESETS, read=_read_presets, write=_write_presets)


def _read_categories(rows: list[Row]) -> tuple[Category, ...]:
    if any(expense not in ("", "no", "yes") for _name, expense in rows):
        raise ValidationError(_("Choose one of the list."))
    return tuple((name, expense == "yes") for name, expense in rows if name)


def _write_categories(value: tuple[Category, ...]) -> list[Row]:
    return [[str(name), "yes" if expense else "no"] for name, expense in value]


def categories_field(kind: Categories) -> forms.Field:
    """A name, and whether it is an expense."""
    kinds = (("yes", gettext_lazy("expense")), ("no", gettext_lazy("no expense")))
    columns = (
        Column("name", gettext_lazy("Name"), words=True, wide=True), Column("expense", gettext_lazy("Kind"), choices=kinds),
    )  # fmt: skip
    return RowsField(columns, most=MOST_CATEGORIES, read=_read_categories, write=_write_categories)
