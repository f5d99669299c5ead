"""The executive dashboard, ready to be shown: a row for each store, a total for each currency, twelve months of each figure."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from django.utils.formats import date_format, number_format
from django.utils.translation import gettext as _

from backoffice.analytics import charts
from backoffice.analytics.dashboard import Change, Chart, changed
from backoffice.analytics.executive import Figures, Person, Place, Report
from backoffice.analytics.months import TREND, plus
from backoffice.selectors.critical import Critical
from smartpos.access.currency import MINUS
from smartpos.web.templatetags.smartpos import amount

TENTH, HUNDREDTH = Decimal("0.1"), Decimal("0.01")
NONE = "—"
Show = Callable[[Decimal], str]


@dataclass(frozen=True, slots=True)
class Row:
    """A store, or all stores of a currency; what cannot be said is empty."""

    name: str
    store: str
    figures: Figures
    revenue: str
    line: str
    achieved: str
    share: Decimal
    target: str
    margin: str
    known: str
    each: str
    turnover: str
    stock: str
    critical: int


def percent(value: Decimal) -> str:
    """«83.4 %», «100 %»."""
    rounded = value.quantize(TENTH, ROUND_HALF_UP)
    return f"{_signed(rounded, int(rounded % 1 != 0))}\u00a0%"


def _signed(value: Decimal, places: int) -> str:
    text = number_format(abs(value), decimal_pos=places, force_grouping=True)
    return f"{MINUS if value < 0 else ''}{text}"


def times(value: Decimal) -> str:
    """«1.42×»."""
    return f"{_signed(value.quantize(HUNDREDTH, ROUND_HALF_UP), 2)}×"


def money(currency: str) -> Show:
    """An amount with at most two decimals."""
    return lambda value: amount(value.quantize(HUNDREDTH, ROUND_HALF_UP), currency)


def _or(value: Decimal | None, show: Show, nothing: str = "") -> str:
    return nothing if value is None else show(value)


def rows(report: Report, critical: Sequence[Critical]) -> tuple[list[Row], list[Row]]:
    """The stores by name, and the totals, one for each currency."""
    several = len({store.pk for store, _currency in report.places}) < len(report.places)
    counted = Counter(item.store.pk for item in critical)
    found = [
        _row(report, f"{store.name} {currency}" if several else store.name, str(store.uuid), [(store, currency)], counted)
        for store, currency in report.places
    ]
    totals = []
    for currency in report.currencies:
        places = [place for place in report.places if place[1] == currency]
        name = _("Together") if len(report.currencies) == 1 else _("Together %(currency)s") % {"currency": currency}
        totals.append(_row(report, name, "", places, counted))
    return found, totals


def _row(report: Report, name: str, store: str, places: Sequence[Place], counted: Counter[int]) -> Row:
    currency, month = places[0][1], report.year.month
    own = report.of(places, [month])
    values = [report.of(places, [plus(month, -n)]).revenue for n in reversed(range(TREND))]
    show = money(currency)
    return Row(
        name, store, own, show(own.revenue), charts.line(values, charts.scale(values)) if any(values) else "",
        _or(own.achieved, percent), charts.share(own.achieved or Decimal(0), Decimal(100)), show(own.target),
        _or(own.margin, percent), _or(own.known, percent), _or(own.each, show), _or(own.turnover, times), show(own.stock),
        sum(counted[key] for key in {place.pk for place, _currency in places}),
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Measure:
    """A figure with its chart: how it is read, written and written beside a line; a share changes by points."""

    code: str
    title: str
    of: Callable[[Figures], Decimal | None]
    show: Show
    tick: Show
    share: bool = False


def measures(currency: str) -> list[Measure]:
    """The figures of DSH-13, 14, 16 and 17, and the revenue that they are of."""
    return [
        Measure("revenue", _("Revenue"), lambda f: f.revenue, money(currency), plain_tick),
        Measure("target", _("Target achieved"), lambda f: f.achieved, percent, percent_tick, share=True),
        Measure("margin", _("Gross margin"), lambda f: f.margin, percent, percent_tick, share=True),
        Measure("people", _("Sales per employee"), lambda f: f.each, money(currency), plain_tick),
        Measure("turnover", _("Stock turnover"), lambda f: f.turnover, times, plain_tick),
    ]


def trends(report: Report, currency: str) -> list[Chart]:
    """Each figure over the last twelve months against the twelve before."""
    places = [place for place in report.places if place[1] == currency]
    return [_trend(report, places, measure) for measure in measures(currency)]


def _short(value: Decimal) -> Decimal:
    return value.quantize(Decimal(1)) if value == value.to_integral_value() else value.normalize()


def plain_tick(value: Decimal) -> str:
    """A number beside a line."""
    return number_format(_short(value), force_grouping=True)


def percent_tick(value: Decimal) -> str:
    """A share beside a line."""
    return f"{number_format(_short(value))}\u00a0%"


def _trend(report: Report, places: Sequence[Place], measure: Measure) -> Chart:
    of, show, tick, currency = measure.of, measure.show, measure.tick, places[0][1]
    months = report.year.months
    before, now = months[:TREND], months[TREND:]
    each = [report.of(places, [month]) for month in months]
    # Before the first sale there is nothing that could be high or low.
    began = next((n for n, figures in enumerate(each) if figures.sales), len(each))
    values = [of(figures) if n >= began else None for n, figures in enumerate(each)]
    known = [value for value in values if value is not None]
    on = charts.scale(known)
    whole, earlier = of(report.of(places, now)), of(report.of(places, before))
    pairs = list(zip(now, values[TREND:], values[:TREND], strict=True))
    data: dict[str, Any] = {
        "total": _or(whole, show, NONE), "change": _change(whole, earlier, share=measure.share), "earlier": _or(earlier, show),
        "any": any(known), "now": charts.runs(values[TREND:], on), "before": charts.runs(values[:TREND], on),
        "width": (TREND - 1) * charts.STEP, "ticks": [tick(value) for value in on.ticks], "lines": [on.y(t) for t in on.ticks],
        "labels": [date_format(month, "M") for month in now],
        "points": [
            (n * charts.STEP - 5, f"{_month(month)}: {_or(value, show, NONE)} ({_or(twin, show, NONE)})")
            for n, (month, value, twin) in enumerate(pairs)
        ],
    }  # fmt: skip
    table = [(_month(month), _or(value, show, NONE), _or(twin, show, NONE)) for month, value, twin in reversed(pairs)]
    table.append((_("12 months"), data["total"], _or(earlier, show, NONE)))
    head = (_("Month"), _("Last 12 months"), _("A year before"))
    sentence = _("Last 12 months: %(now)s; the 12 months before: %(before)s.") % {
        "now": data["total"],
        "before": data["earlier"] or NONE,
    }
    return Chart(measure.code, measure.title, currency, head, table, sentence, data)


def _month(month: date) -> str:
    return date_format(month, "YEAR_MONTH_FORMAT")


def _change(now: Decimal | None, before: Decimal | None, *, share: bool) -> Change:
    """By how many per cent, or for a share by how many points, in sign and word."""
    if now is None or not before:
        return Change("", "")
    if not share:
        return changed(now, before)
    by = (now - before).quantize(TENTH, ROUND_HALF_UP)
    if not by:
        return Change(_("as much"), "")
    words = _("%(by)s points more") if by > 0 else _("%(by)s points less")
    return Change(words % {"by": _signed(abs(by), 1)}, "up" if by > 0 else "down")


@dataclass(frozen=True, slots=True)
class Seller:
    """Somebody who sold, with their share of the best."""

    person: Person
    total: str
    share: Decimal
    average: str


@dataclass(frozen=True, slots=True)
class Sellers:
    """Who sold in one currency, and what they came to on average."""

    currency: str
    people: list[Seller]
    average: str
    count: int


def sellers(report: Report, currency: str) -> Sellers:
    """Sales per employee of the month, the best first (DSH-16)."""
    own = [person for person in report.staff if person.currency == currency]
    show = money(currency)
    most = max((person.total for person in own), default=Decimal(0))
    together = report.of([place for place in report.places if place[1] == currency], [report.year.month])
    people = [
        Seller(
            person, show(person.total), charts.share(person.total, most),
            show(person.total / person.sales) if person.sales else NONE,
        )
        for person in own
    ]  # fmt: skip
    return Sellers(currency, people, _or(together.each, show), len(together.people))
