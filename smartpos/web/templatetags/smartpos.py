"""Amounts, quantities, times and icons in templates; built in, nothing to load."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from django import template
from django.templatetags.static import static
from django.utils.formats import date_format, number_format
from django.utils.html import format_html
from django.utils.safestring import SafeString

from smartpos.money import Currency

register = template.Library()
SYMBOLS = {"BAM": "KM", "EUR": "€", "USD": "$", "GBP": "£"}
NO_BREAK, MINUS = "\u00a0", "\u2212"


@register.filter
def amount(value: Decimal, code: str) -> str:
    """1234.5 → «1.234,50 KM», as the language writes it; the space does not break and the minus is a minus."""
    digits = Currency.of(code).digits
    return f"{_number(value, max(digits, _places(value)))}{NO_BREAK}{SYMBOLS.get(code, code)}"


@register.filter
def price(value: Decimal, code: str) -> str:
    """An amount whose currency is not the same everywhere: without a code only the number, with two decimals at least."""
    return amount(value, code) if code else _number(value, max(2, _places(value)))


@register.filter
def symbol(code: str) -> str:
    """How a currency is written beside an amount."""
    return SYMBOLS.get(code, code)


@register.filter
def quantity(value: Decimal) -> str:
    """A quantity or a percentage without idle decimals."""
    return _number(value, _places(value))


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
