"""Commission per employee: what each sold, what came back of it, and their share (EMP-04)."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from pos.bonus_sums import commission_of
from pos.selectors import team
from pos.selectors.sales import Seller, by_seller_and_day
from pos.tiers import plain
from pos.views.manage.files import csv_file
from smartpos.access.guards import office
from smartpos.access.permissions import allowed
from smartpos.clock import business_day, now
from smartpos.money import Currency, from_decimal, to_decimal
from smartpos.people.models import Employee
from smartpos.people.services.commission import Rates
from smartpos.web.pages import OfficeRequest, render
from smartpos.web.stores import shown_stores

EXPORT = "commission.export"
PLACES = 4
NOUGHT = Decimal(0)


@dataclass(frozen=True, slots=True)
class Row:
    """A person's sales in one currency at one rate; no `rate`: they had none, and so no commission."""

    employee: Employee | None
    sold: Seller
    rate: Decimal | None

    @property
    def gross(self) -> Decimal:
        """What was sold, before anything came back."""
        return self.sold.total - self.sold.back

    @property
    def commission(self) -> Decimal:
        """Their share of what is left."""
        if self.rate is None:
            return NOUGHT
        sales, percent = (from_decimal(value, PLACES) for value in (self.sold.total, self.rate))
        return to_decimal(commission_of(Currency.of(self.sold.currency), sales=sales, percent=percent), PLACES)


@require_GET
@office("commission.view")
def commission(request: OfficeRequest) -> HttpResponse:
    """Between two business days, both in it; this month where none are named."""
    stores = shown_stores(request)
    today = max((business_day(now(), store.zone, store.cutoff_minutes) for store in stores), default=now().date())
    first, last = _day(request, "from", today.replace(day=1)), _day(request, "to", today)
    wrong = first > last
    rows = [] if wrong else _rows(request, first, last)
    if request.GET.get("export") == "csv" and not wrong:
        return _file(request, rows, first, last)
    currencies = sorted({row.sold.currency for row in rows})
    context = {
        "first": first, "last": last, "wrong": wrong, "may_export": allowed(request.employee, EXPORT),
        "nobody": bool(rows) and all(row.rate is None for row in rows),
        "tables": [(code, [row for row in rows if row.sold.currency == code], *_totals(rows, code)) for code in currencies],
        "month": today.replace(day=1), "month_before": team.before(today.replace(day=1)),
        "end_before": today.replace(day=1) - date.resolution, "today": today,
    }  # fmt: skip
    return render(request, "pos/manage/commission.html", context, status=422 if wrong else 200)


def _day(request: OfficeRequest, name: str, otherwise: date) -> date:
    try:
        return date.fromisoformat(request.GET.get(name, ""))
    except ValueError:
        return otherwise


def _rows(request: OfficeRequest, first: date, last: date) -> list[Row]:
    """Who sold in the stores that are shown, by name, a line for each rate; sales that nobody signed in for stand last."""
    earned = by_seller_and_day(first, last, stores=shown_stores(request))
    people = {person.pk: person for person in Employee.objects.filter(pk__in={one.employee for one, _day in earned})}
    rates = Rates(people)
    sums: dict[tuple[int | None, str, Decimal | None], Seller] = {}
    for one, day in earned:
        key = (one.employee, one.currency, rates.on(one.employee, day))
        sums[key] = sums[key] + one if key in sums else one
    rows = [Row(people.get(employee or 0), one, rate) for (employee, _currency, rate), one in sums.items()]
    return sorted(rows, key=_place)


def _place(row: Row) -> tuple[bool, str, str, Decimal]:
    name = row.employee.name.casefold() if row.employee else ""
    return row.employee is None, name, row.sold.currency, NOUGHT if row.rate is None else row.rate


def _totals(rows: list[Row], currency: str) -> tuple[Decimal, Decimal]:
    own = [row for row in rows if row.sold.currency == currency]
    return sum((row.sold.total for row in own), NOUGHT), sum((row.commission for row in own), NOUGHT)


def _file(request: OfficeRequest, rows: list[Row], first: date, last: date) -> HttpResponse:
    if not allowed(request.employee, EXPORT):
        raise PermissionDenied(_("Your role does not allow this. Ask a manager or the owner."))
    heads = (
        _("Full name"),
        _("From"),
        _("To"),
        _("Currency"),
        _("Receipts"),
        _("Sold"),
        _("Came back"),
        _("Sales"),
        _("Rate"),
        _("Commission"),
    )
    lines = (
        (
            row.employee.name if row.employee else "", first, last, row.sold.currency, row.sold.sales, plain(row.gross),
            plain(row.sold.back), plain(row.sold.total), "" if row.rate is None else plain(row.rate), plain(row.commission),
        )
        for row in rows
    )  # fmt: skip
    return csv_file("commission", heads, lines, query={"from": first.isoformat(), "to": last.isoformat()})
