"""How amounts are written: sign, place of the sign, separators (SET-04). Without a setting as the language writes them."""

from dataclasses import dataclass
from decimal import Decimal

from django.utils.formats import get_format

from smartpos.access.config import Config, config_of
from smartpos.access.settings import setting_of, value_in
from smartpos.context import current

SYMBOLS = {"BAM": "KM", "EUR": "€", "USD": "$", "GBP": "£"}
NO_BREAK, MINUS = "\u00a0", "\u2212"
SPACE = "space"
MARKS = {SPACE: NO_BREAK}


@dataclass(frozen=True, slots=True)
class MoneyFormat:
    """The signs of a business or a store; empty separators mean the language's."""

    before: bool = False
    decimal: str = ""
    thousands: str = ""

    def number(self, value: Decimal, places: int) -> str:
        """«1.234,50»; the minus is a minus."""
        mark, group = self.separators()
        whole, _, fraction = f"{abs(value):.{places}f}".partition(".")
        grouped = f"{int(whole):,}".replace(",", group)
        return f"{MINUS if value < 0 else ''}{grouped}{mark if fraction else ''}{fraction}"

    def amount(self, value: Decimal, places: int, symbol: str) -> str:
        """With its sign: «1.234,50 KM» or «−$10.00»."""
        text = self.number(value, places)
        if not self.before:
            return f"{text}{NO_BREAK}{symbol}"
        sign = MINUS if value < 0 else ""
        gap = NO_BREAK if symbol[-1:].isalpha() else ""
        return f"{sign}{symbol}{gap}{text.removeprefix(MINUS)}"

    def separators(self) -> tuple[str, str]:
        """What is set, unless it cannot be told apart; then the language's."""
        mark, group = self.decimal, MARKS.get(self.thousands, self.thousands)
        if mark and group and mark != group:
            return mark, group
        return str(get_format("DECIMAL_SEPARATOR")), str(get_format("THOUSAND_SEPARATOR"))


def _config() -> Config | None:
    business = current().business_id
    return None if business is None else config_of(business)


def money_format() -> MoneyFormat:
    """How amounts are written in the store of the current act, or else by the business."""
    config = _config()
    if config is None or not config.values:
        return MoneyFormat()
    store = current().store_id
    position, decimal, thousands = (
        value_in(config, setting_of(f"currency.{name}"), store) for name in ("position", "decimal", "thousands")
    )
    return MoneyFormat(position == "before", decimal, thousands)


def symbol_of(code: str) -> str:
    """How a currency is written beside an amount: as the act's store has it, or the business, or any store; else the usual sign."""
    config = _config()
    if config is not None and config.values:
        setting = setting_of("currency.symbol")
        for place in (current().store_id, *sorted(config.currencies, key=lambda store: store or 0)):
            if config.currencies.get(place) == code and (found := value_in(config, setting, place)):
                return str(found)
    return SYMBOLS.get(code, code)
