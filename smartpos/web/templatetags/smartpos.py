"""Amounts, quantities and icons in templates."""

from decimal import Decimal

from django import template
from django.templatetags.static import static
from django.utils.formats import number_format
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
    text = number_format(abs(value), decimal_pos=digits, use_l10n=True, force_grouping=True)
    return f"{MINUS if value < 0 else ''}{text}{NO_BREAK}{SYMBOLS.get(code, code)}"


@register.filter
def quantity(value: Decimal) -> str:
    """A quantity without idle decimals."""
    shortest = value.normalize()
    places = max(0, -int(shortest.as_tuple().exponent))
    return number_format(shortest, decimal_pos=places, use_l10n=True).replace("-", MINUS)


@register.simple_tag
def icon(name: str) -> SafeString:
    """An icon of the sprite; hidden from screen readers, so its button needs a name."""
    href = f"{static('vendor/icons.svg')}#{name}"
    return format_html('<svg class="icon" viewBox="0 0 24 24" aria-hidden="true"><use href="{}"></use></svg>', href)
