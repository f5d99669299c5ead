"""Amounts, quantities, times and icons in templates; built in, nothing to load."""

import re
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal
from typing import Any
from zoneinfo import ZoneInfo

from django import template
from django.templatetags.static import static
from django.utils.formats import date_format, number_format
from django.utils.html import format_html
from django.utils.safestring import SafeString

from smartpos.access.currency import MINUS, money_format, symbol_of
from smartpos.money import Currency

register = template.Library()
# How the audit log keeps an amount.
KEPT = re.compile(r"-?\d+\.(\d+)")


@register.filter
def amount(value: Decimal, code: str) -> str:
    """1234.5 → «1.234,50 KM», as the business writes it; the space does not break and the minus is a minus."""
    digits = Currency.of(code).digits
    return money_format().amount(value, max(digits, _places(value)), symbol_of(code))


@register.filter
def price(value: Decimal, code: str) -> str:
    """An amount whose currency is not the same everywhere: without a code only the number, with two decimals at least."""
    return amount(value, code) if code else money_format().number(value, max(2, _places(value)))


@register.filter
def symbol(code: str) -> str:
    """How a currency is written beside an amount."""
    return symbol_of(code)


@register.filter
def figure(text: str) -> str:
    """A number as records keep it («-1250.50»), as the business writes it; every other text as it is."""
    found = KEPT.fullmatch(text or "")
    return money_format().number(Decimal(text), len(found[1])) if found else text


@register.filter
def quantity(value: Decimal) -> str:
    """A quantity or a percentage without idle decimals."""
    return _number(value, _places(value))


@register.filter
def pace(value: Decimal) -> str:
    """So much a day, with one decimal where it has any."""
    rounded = value.quantize(Decimal("0.1"), ROUND_HALF_UP)
    return _number(rounded, _places(rounded))


@register.filter
def measured(value: Decimal, word: str) -> str:
    """A quantity with its unit's word: «2», «0.350 kg», «2 kg». Pieces stand alone."""
    places = 3 if _places(value) else 0
    return _number(value, _places(value)) if word in ("", "piece") else f"{_number(value, places)}\u00a0{word}"


def _places(value: Decimal) -> int:
    return max(0, -int(value.normalize().as_tuple().exponent))


def _number(value: Decimal, places: int) -> str:
    text = number_format(abs(value), decimal_pos=places, use_l10n=True, force_grouping=True)
    return f"{MINUS if value < 0 else ''}{text}"


@register.filter
def moment(at: datetime | None, zone: str) -> str:
    """Day and time by a store's clock."""
    return date_format(at.astimezone(ZoneInfo(zone)), "DATETIME_FORMAT") if at else "—"


@register.filter
def wall(text: str) -> str:
    """Day and time as a clock on the wall shows them: «2026-11-26T08:00» in words."""
    return date_format(datetime.fromisoformat(text), "DATETIME_FORMAT")


@register.filter
def day(value: date | None) -> str:
    """A calendar day."""
    return date_format(value, "DATE_FORMAT") if value else "—"


@register.simple_tag
def icon(name: str, kind: str = "") -> SafeString:
    """An icon of the sprite; hidden from screen readers, so its button needs a name."""
    href = f"{static('vendor/icons.svg')}#{name}"
    css = f"icon icon--{kind}" if kind else "icon"
    return format_html('<svg class="{}" viewBox="0 0 24 24" aria-hidden="true"><use href="{}"></use></svg>', css, href)


@register.simple_tag(takes_context=True)
def query(context: template.Context, **changes: Any) -> str:
    """The page's query with some parts replaced, from the first page on; None leaves a part out."""
    given = context["request"].GET.copy()
    given.pop("after", None)
    for name, value in changes.items():
        if value is None:
            given.pop(name, None)
        else:
            given[name] = str(value)
    return f"?{given.urlencode()}"
