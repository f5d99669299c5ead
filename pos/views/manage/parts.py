"""What lists of documents have in common: who, where and when it was, and how much."""

from collections.abc import Callable
from datetime import datetime
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from smartpos.people.models import Employee
from smartpos.web.lists import Choice, Column, Dates
from smartpos.web.pages import OfficeRequest
from smartpos.web.stores import shown_stores
from smartpos.web.templatetags.smartpos import amount

TIME = _("Time")


def cashiers(request: OfficeRequest) -> list[tuple[str, str]]:
    """Everybody who works or worked in the shown stores."""
    people = Employee.objects.filter(store_links__store__in=shown_stores(request)) | Employee.objects.filter(role="owner")
    return [(str(person.uuid), person.name) for person in people.distinct().order_by("name", "pk")]


def clock(row: Any, field: str) -> datetime | None:
    """A time of the row by its store's clock."""
    at = getattr(row, field)
    return at.astimezone(ZoneInfo(row.store.time_zone)) if at else None


def time(field: str, *, code: str = "time", label: str | Promise = TIME, shown: bool = True) -> Column:
    """When it was."""
    return Column(code=code, label=label, value=lambda row: clock(row, field), sort=field, shown=shown)


def label(code: str, words: str | Promise, document: Callable[[Any], Any]) -> Column:
    """A document's number, which stands in one piece."""

    def value(row: Any) -> str | None:
        found = document(row)
        return str(found.label) if found else None

    def show(row: Any) -> str | None:
        found = value(row)
        return None if found is None else format_html('<span class="figures">{}</span>', found)

    return Column(code=code, label=words, value=value, show=show)


def money(
    code: str, label: str | Promise, value: Callable[[Any], Decimal | None], *, sort: str = "", shown: bool = True,
    currency: Callable[[Any], str] = lambda row: str(row.currency),
) -> Column:  # fmt: skip
    """An amount in the row's currency."""

    def show(row: Any) -> str | None:
        found = value(row)
        return None if found is None else amount(found, currency(row))

    return Column(code=code, label=label, value=value, show=show, sort=sort, number=True, shown=shown)


def of_employee(path: str = "employee") -> Choice:
    """Rows of one person."""
    return Choice(code="employee", label=_("Employee"), options=cashiers, where=f"{path}__uuid")


STORE = Column(code="store", label=_("Store"), value=lambda row: row.store.name if row.store else None, sort="store__name")
TERMINAL = Column(
    code="terminal", label=_("Terminal"), value=lambda row: row.terminal.name if row.terminal else None, shown=False
)
# Where both matter and room is scarce: the terminal with its store below it.
PLACE = Column(
    code="terminal", label=_("Terminal"), value=lambda row: row.terminal.name,
    show=lambda row: format_html('<span class="place">{}<span class="caption">{}</span></span>', row.terminal.name, row.store.name),
)  # fmt: skip
EMPLOYEE = Column(code="employee", label=_("Employee"), value=lambda row: row.employee.name if row.employee else None)
DAY = Column(code="day", label=_("Business day"), value=lambda row: row.business_date, sort="business_date", shown=False)
CURRENCY = Column(code="currency", label=_("Currency"), value=lambda row: row.currency, shown=False)
DAYS = Dates(field="business_date", label=_("Business days"))
