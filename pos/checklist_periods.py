"""The periods of checklists: which day, week or month a business day belongs to, as a key that sorts and that tills know too."""

from datetime import date, timedelta

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from pos.models import Frequency

DAY = timedelta(days=1)


def period_of(frequency: str, day: date) -> str:
    """«2026-11-27», «2026-W48» (weeks as ISO 8601 counts them) or «2026-11»."""
    if frequency == Frequency.WEEKLY:
        year, week, _weekday = day.isocalendar()
        return f"{year:04}-W{week:02}"
    return f"{day:%Y-%m}" if frequency == Frequency.MONTHLY else day.isoformat()


def days_of(key: str) -> tuple[date, date]:
    """The first and the last day of a period."""
    if "W" in key:
        first = date.fromisocalendar(int(key[:4]), int(key[6:]), 1)
        return first, first + 6 * DAY
    if len(key) == len("2026-11"):
        first = date.fromisoformat(f"{key}-01")
        return first, (first + 31 * DAY).replace(day=1) - DAY
    first = date.fromisoformat(key)
    return first, first


def label_of(key: str) -> str:
    """A period in words of the language."""
    first, last = days_of(key)
    if "W" in key:
        return _("Week %(week)s: %(first)s – %(last)s") % {
            "week": int(key[6:]), "first": date_format(first, "SHORT_DATE_FORMAT"), "last": date_format(last, "SHORT_DATE_FORMAT"),
        }  # fmt: skip
    return date_format(first, "YEAR_MONTH_FORMAT" if first != last else "DATE_FORMAT")


def latest(frequency: str, day: date, count: int) -> list[str]:
    """The period of a day and those before it, newest first."""
    keys = [period_of(frequency, day)]
    while len(keys) < count:
        day = days_of(keys[-1])[0] - DAY
        keys.append(period_of(frequency, day))
    return keys
