"""The targets of a store for the twelve months of a year."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.dates import MONTHS
from django.utils.translation import gettext_lazy as _

from smartpos.money import Currency
from smartpos.web.forms import NumberField, OfficeForm


class TargetsForm(OfficeForm):
    """A field for each month; an empty one has no target."""

    def __init__(self, data: Any, *, year: int, currency: str, kept: Mapping[date, Decimal]) -> None:
        super().__init__(data, initial={_name(month): amount for month, amount in kept.items()})
        digits = Currency.of(currency).digits
        for number, label in MONTHS.items():
            self.fields[_name(date(year, number, 1))] = NumberField(label=label, places=digits, shown=digits, required=False)
        self.dress()

    def clean(self) -> dict[str, Any]:
        """No target is an empty field and not nought."""
        data = super().clean() or {}
        for name, amount in list(data.items()):
            if amount is not None and amount <= 0:
                self.add_error(name, _("Write an amount above nought, or leave it empty."))
        return data

    @property
    def targets(self) -> dict[date, Decimal | None]:
        """What was written, by month; a month that was not sent says nothing."""
        return {_month(name): amount for name, amount in self.cleaned_data.items() if name in self.data}


def _name(month: date) -> str:
    return f"{month:%Y-%m}"


def _month(name: str) -> date:
    year, month = name.split("-")
    return date(int(year), int(month), 1)
