"""Countries, currencies and time zones by name, and what goes with a country. From the CLDR tables of Babel."""

import unicodedata
from functools import cache

from babel import Locale
from babel.core import get_global
from babel.numbers import get_territory_currencies
from django.utils.translation import get_language

from smartpos.money import CURRENCY_DIGITS

Choices = list[tuple[str, str]]
ZONE_WITHOUT_COUNTRY = "UTC"
ANYWHERE = "en"


def _locale() -> Locale:
    return Locale.parse(get_language() or "en", sep="-")


@cache
def country_codes() -> frozenset[str]:
    """Two letters each; what has no currency is no country to keep shop in."""
    codes = [str(code) for code in Locale("en").territories]
    return frozenset(code for code in codes if len(code) == 2 and code.isalpha() and _tender(code) is not None)


def _tender(country: str) -> str | None:
    try:
        found = [code for code in get_territory_currencies(country) if code in CURRENCY_DIGITS]
    except LookupError:
        return None
    return found[0] if found else None


def countries() -> Choices:
    """Code and name in the active language, by name."""
    names = _locale().territories
    return sorted(((code, names.get(code, code)) for code in country_codes()), key=lambda pair: _sort_key(pair[1]))


def _sort_key(name: str) -> str:
    """Č stands beside C; what is left of the order of letters is not worth a library."""
    return unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().casefold()


def currencies() -> Choices:
    """Code and «BAM – Bosnia-Herzegovina Convertible Mark» in the active language, by code."""
    names = _locale().currencies
    # Names begin large here as they stand alone; what the language has no name for, English has.
    found = {**Locale("en").currencies, **names}
    return [(code, f"{code} – {found[code][:1].upper()}{found[code][1:]}") for code in sorted(CURRENCY_DIGITS)]


def currency_of(country: str) -> str:
    """What is paid with in a country; empty where nobody knows."""
    return (_tender(country) or "") if country in country_codes() else ""


def zone_of(country: str, *, seen: str = "") -> str:
    """The clock of a country; of several, the one that somebody's browser there has."""
    zones = get_global("territory_zones").get(country) or [ZONE_WITHOUT_COUNTRY]
    return seen if seen in zones else str(zones[0])


def country_guess(accept_language: str, *, chosen: str = "") -> str:
    """Where a browser seems to be, by the languages that it asks for; empty where they say nothing.

    The language that somebody chose for the page says more than the browser's own, which is often as it came: except English,
    which is chosen everywhere.
    """
    wishes = accept_language.split(",")[:5]
    if chosen and chosen != ANYWHERE:
        wishes = [*(wish for wish in wishes if wish.strip().startswith(chosen)), chosen, *wishes]
    for wish in wishes:
        parts = wish.partition(";")[0].strip().replace("_", "-").split("-")
        region = parts[-1].upper() if len(parts) > 1 else _likely_region(parts[0].lower())
        if region in country_codes():
            return region
    return ""


def _likely_region(language: str) -> str:
    return str(get_global("likely_subtags").get(language, "")).rpartition("_")[2]
