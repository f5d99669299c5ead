"""What a list shows of a row."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from html import escape
from typing import Any

from django.db.models import QuerySet
from django.template.loader import get_template
from django.utils.formats import date_format, number_format
from django.utils.functional import Promise
from django.utils.html import conditional_escape, format_html


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One column. `value` is what the row holds (and what the CSV says), `show` how the page says it.

    A cell that needs more than words has a `template`, which gets the `row`. `sort` is the path of the field it sorts by;
    `number` aligns figures at the end. `shown` is whether the column stands there before anybody chose columns. `reads` adds to
    the rows what this column alone needs of them.
    """

    code: str
    label: str | Promise
    value: Callable[[Any], Any]
    show: Callable[[Any], object] | None = None
    template: str = ""
    sort: str = ""
    number: bool = False
    reads: Callable[[QuerySet[Any]], QuerySet[Any]] | None = None
    shown: bool = True

    def cell(self, row: Any) -> str:
        """The cell as HTML; a dash where there is nothing."""
        if self.template:
            return get_template(self.template).render({"row": row})
        shown: Any = self.show(row) if self.show else _words(self.value(row), grouped=self.number)
        if type(shown) is str and shown:
            return escape(shown)  # most cells; the way through Django's is five times as long
        return conditional_escape(shown) if shown not in (None, "") else format_html('<span class="dash">{}</span>', "—")

    def plain(self, row: Any) -> str:
        """The value for a file: numbers with a point, days and times as ISO has them."""
        value = self.value(row)
        if value is None:
            return ""
        if isinstance(value, Decimal):
            return format(value.normalize() if value == value.to_integral_value() else value, "f")
        return value.isoformat() if isinstance(value, date | datetime) else str(value)


def _words(value: Any, *, grouped: bool) -> object:
    if grouped and isinstance(value, int):
        return number_format(value)
    if isinstance(value, datetime):
        return format_html('<span class="figures">{}</span>', date_format(value, "DATETIME_FORMAT"))
    return date_format(value, "DATE_FORMAT") if isinstance(value, date) else value
