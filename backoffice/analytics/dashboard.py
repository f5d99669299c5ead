"""The dashboard's tiles and charts, ready to be shown."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from django.utils.formats import date_format, number_format
from django.utils.translation import gettext as _

from backoffice.analytics import charts, figures
from backoffice.analytics.spans import BEFORE, LABELS, days, today_of
from smartpos.people.models import Store
from smartpos.web.templatetags.smartpos import amount, quantity

KINDS = ("cash", "card", "mix", "online")
EVERY_DATES = 6


@dataclass(frozen=True, slots=True)
class Change:
    """By how much, in sign and word."""

    text: str
    tone: str


@dataclass(frozen=True, slots=True)
class Tile:
    """A figure that matters; one value per currency."""

    code: str
    label: str
    values: list[str]
    changes: list[Change]
    address: str = ""
    note: str = ""
    line: str = ""
    width: int = 0


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart of one currency, with the table that says the same."""

    code: str
    title: str
    currency: str
    head: tuple[str, ...]
    rows: Sequence[tuple[str, ...]]
    sentence: str
    data: dict[str, Any]


def changed(now: Decimal, before: Decimal) -> Change:
    """«8 % more», «3 % less», «as much»; nothing where there was nothing."""
    by = charts.change(now, before)
    if by is None:
        return Change("", "")
    if by > 0:
        return Change(_("%(by)s %% more") % {"by": number_format(by)}, "up")
    return Change(_("%(by)s %% less") % {"by": number_format(-by)}, "down") if by < 0 else Change(_("as much"), "")


def tiles(stores: Sequence[Store], period: str, at: datetime, trend: dict[str, list[tuple[date, Any]]]) -> list[Tile]:
    """Revenue, transactions, average and who is at work (DSH-02..05)."""
    now, before = figures.takings(stores, period, at)
    currencies = sorted(now) or sorted({store.currency for store in stores})[:1]
    nothing = figures.Takings()
    here = [(currency, now.get(currency, nothing), before.get(currency, nothing)) for currency in currencies]
    people = figures.at_work(stores)
    sales, sales_before = (sum(t.sales for t in side.values()) for side in (now, before))
    own = trend.get(currencies[0], []) if len(currencies) == 1 else []
    today = period == "today"
    return [
        Tile(
            "sales", _("Today's sales") if today else _("Sales"), [amount(t.total, c) for c, t, _b in here],
            [changed(t.total, b.total) for _c, t, b in here], **_spark([t.total for _d, t in own]),
        ),
        Tile(
            "transactions", _("Transactions"), [number_format(sales, force_grouping=True)],
            [changed(Decimal(sales), Decimal(sales_before))], **_spark([Decimal(t.sales) for _d, t in own]),
        ),
        Tile(
            "average", _("Average sale"), [amount(_cents(t.average), c) for c, t, _b in here],
            [changed(t.average, b.average) for _c, t, b in here], **_spark([t.average for _d, t in own]),
        ),
        Tile("people", _("At work now"), [number_format(len(people))], [], note=", ".join(people[:4]) or _("No shift is open.")),
    ]  # fmt: skip


def _cents(value: Decimal) -> Decimal:
    return value.quantize(Decimal("0.01"), ROUND_HALF_UP)


def _spark(values: list[Decimal]) -> dict[str, Any]:
    """A line of the last fourteen days; none where nothing was sold."""
    values = values[-14:]
    if not any(values):
        return {}
    return {"line": charts.line(values, charts.scale(values)), "width": (len(values) - 1) * charts.STEP}


def trend_chart(currency: str, found: list[tuple[date, Any]]) -> Chart:
    """Sales day by day (DSH-06)."""
    values = [takings.total for _day, takings in found]
    on = charts.scale(values)
    best = max(found, key=lambda pair: pair[1].total)
    step = max(1, (len(found) - 1) // (EVERY_DATES - 1))
    data = {
        "line": charts.line(values, on), "area": charts.area(values, on), "width": (len(values) - 1) * charts.STEP,
        "ticks": [number_format(tick, force_grouping=True) for tick in map(_whole, on.ticks)],
        "lines": [on.y(tick) for tick in on.ticks],
        "labels": [date_format(day, "MONTH_DAY_FORMAT") for day, _t in found[:: -step][::-1]],
        "points": [
            (n * charts.STEP - 5, f"{date_format(day, 'D j. n.')}: {amount(t.total, currency)}") for n, (day, t) in enumerate(found)
        ],
    }  # fmt: skip
    rows = [
        (date_format(day, "DATE_FORMAT"), number_format(t.sales, force_grouping=True), amount(t.total, currency))
        for day, t in reversed(found)
    ]
    sentence = _("Best day: %(day)s with %(total)s.") % {
        "day": date_format(best[0], "DATE_FORMAT"), "total": amount(best[1].total, currency),
    }  # fmt: skip
    return Chart("trend", _("Sales trend"), currency, (_("Day"), _("Transactions"), _("Sales")), rows, sentence, data)


def _whole(value: Decimal) -> Decimal:
    return value.quantize(Decimal(1)) if value == value.to_integral_value() else value.normalize()


def hour_chart(currency: str, found: list[Any]) -> Chart:
    """When the day is busy (DSH-09)."""
    values = [takings.total for takings in found]
    on = charts.scale(values)
    busiest = max(range(len(values)), key=values.__getitem__)
    drawn = zip(charts.bars(values, on), enumerate(found), strict=True)
    data = {
        "bars": [(bar, f"{hour:02}–{(hour + 1) % 24:02}: {amount(t.total, currency)}") for bar, (hour, t) in drawn],
        "ticks": [number_format(tick, force_grouping=True) for tick in map(_whole, on.ticks)], "lines": [on.y(t) for t in on.ticks],
        "labels": ["0", "6", "12", "18", "24"],
    }  # fmt: skip
    rows = [
        (f"{hour:02}–{(hour + 1) % 24:02}", number_format(t.sales, force_grouping=True), amount(t.total, currency))
        for hour, t in enumerate(found)
    ]
    sentence = _("Busiest from %(hour)s o'clock with %(total)s.") % {
        "hour": busiest,
        "total": amount(values[busiest], currency),
    }
    return Chart("hours", _("Sales by hour"), currency, (_("Hour"), _("Transactions"), _("Sales")), rows, sentence, data)


def kind_chart(currency: str, found: dict[str, Decimal]) -> Chart:
    """How it was paid, by kind of sale (DSH-08)."""
    names = {"cash": _("Cash"), "card": _("Card"), "mix": _("Mixed"), "online": _("Online")}
    values = [found[kind] for kind in KINDS]
    total = sum(values, Decimal(0))
    slices = charts.ring(values)
    data = {
        "total": amount(total, currency),
        "slices": [
            (kind, names[kind], amount(value, currency), number_format(part.share.quantize(Decimal(1), ROUND_HALF_UP)), part)
            for kind, value, part in zip(KINDS, values, slices, strict=True)
        ],
    }  # fmt: skip
    rows = [(names[kind], amount(found[kind], currency)) for kind in KINDS]
    rows.append((_("Together"), amount(total, currency)))
    return Chart(
        "kinds", _("Payment methods"), currency, (_("Kind of sale"), _("Sales")), rows,
        _("Together %(total)s.") % {"total": amount(total, currency)}, data,
    )  # fmt: skip


def item_chart(currency: str, found: list[figures.Item]) -> Chart:
    """What sells best (DSH-07)."""
    most = max((item.total for item in found), default=Decimal(0))
    data = {"items": [(item, amount(item.total, currency), charts.share(item.total, most)) for item in found]}
    rows = [(item.name, quantity(item.quantity), amount(item.total, currency)) for item in found]
    sentence = _("First: %(name)s.") % {"name": found[0].name} if found else ""
    return Chart("items", _("Top products"), currency, (_("Product"), _("Quantity"), _("Sales")), rows, sentence, data)


def board(stores: Sequence[Store], period: str, trend_days: int, at: datetime) -> dict[str, Any]:
    """Everything on the page; the number of statements does not depend on stores, days or currencies."""
    trend = figures.trend(stores, 30, at)
    hours, kinds = figures.by_hour(stores, period, at), figures.by_kind(stores, period, at)
    items = figures.best_sellers(stores, period, at)
    blocks = []
    for currency in sorted(trend):
        own = [trend_chart(currency, trend[currency][-trend_days:])]
        own += [hour_chart(currency, hours[currency])] if currency in hours else []
        own += [kind_chart(currency, kinds[currency])] if currency in kinds else []
        own += [item_chart(currency, items[currency])] if currency in items else []
        blocks.append((currency, own))
    today = next(iter(today_of(stores, at)), at.date())
    first, last = days(period, today)
    return {
        "tiles": tiles(stores, period, at, trend), "blocks": blocks, "first": first, "last": last, "period": period,
        "periods": LABELS.items(), "before": BEFORE[period], "trend_days": trend_days, "at": at,
    }  # fmt: skip
