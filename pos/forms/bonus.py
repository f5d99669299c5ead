"""The forms of the bonus: its rule, the day of a payout, why one is taken back."""

from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.dates import MONTHS
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from pos.models import BonusRule
from pos.selectors.team import after
from pos.services.bonus import LONGEST_REASON, MOST_CHECKLISTS, RuleInput
from smartpos.money import Currency
from smartpos.web.forms import NumberField, OfficeForm

AHEAD = 12
FULL = Decimal(100)


class RuleForm(OfficeForm):
    """What holds from a month on. An empty season is the whole threshold."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=2**31 - 1)
    active = forms.BooleanField(label=_("Pay a bonus"), required=False)
    valid_from = forms.ChoiceField(
        label=_("Holds from"), help_text=_("Months before keep the rule that they had; what is paid stays as it is.")
    )
    threshold = NumberField(label=_("Threshold a month"), places=2, digits=8)
    percent = NumberField(
        label=_("Share of what lies above"),
        places=2,
        digits=3,
        shown=0,
        help_text=_("At the threshold and below it is nothing."),
    )
    checklists = forms.IntegerField(
        label=_("Completed checklists"), min_value=0, max_value=MOST_CHECKLISTS, required=False,
        help_text=_("So many completed lists in the month must carry a tick of the person. Empty: none are asked for."),
    )  # fmt: skip

    def __init__(self, *args: Any, currency: str, months: list[date], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        digits = Currency.of(currency).digits
        self.fields["threshold"] = NumberField(label=_("Threshold a month"), places=digits, digits=8, shown=digits)
        choices = [(f"{month:%Y-%m}", date_format(month, "YEAR_MONTH_FORMAT")) for month in months]
        self.fields["valid_from"].choices = choices  # type: ignore[attr-defined]
        for number, label in MONTHS.items():
            self.fields[f"season_{number}"] = NumberField(label=label, places=2, digits=4, shown=0, required=False)
        self.currency = currency
        self.dress()

    @property
    def seasons(self) -> list[Any]:
        """The twelve fields."""
        return [self[f"season_{number}"] for number in MONTHS]

    def given(self) -> RuleInput:
        """The rule as the services take it."""
        data = self.cleaned_data
        seasons = {number: data[f"season_{number}"] for number in MONTHS if data[f"season_{number}"] is not None}
        return RuleInput(
            currency=self.currency, valid_from=date.fromisoformat(f"{data['valid_from']}-01"), active=data["active"],
            threshold=data["threshold"], percent=data["percent"], checklists=data["checklists"] or 0, seasons=seasons,
        )  # fmt: skip


class PayForm(OfficeForm):
    """`shown` is the bonus on the page; `uuid` makes a second press of the button harmless."""

    uuid = forms.UUIDField(widget=forms.HiddenInput)
    shown = forms.DecimalField(widget=forms.HiddenInput, max_digits=19, decimal_places=4)
    paid_on = forms.DateField(label=_("Paid on"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))


class UndoForm(OfficeForm):
    """Why a payout is taken back."""

    reason = forms.CharField(label=_("Reason"), max_length=LONGEST_REASON)


def starts(today: date) -> list[date]:
    """The months from which a rule may hold: three that are over, the one that runs, and a year ahead."""
    months = [today.replace(day=1)]
    for _count in range(3):
        months.insert(0, (months[0].replace(day=1) - date.resolution).replace(day=1))
    for _count in range(AHEAD):
        months.append(after(months[-1]))
    return months


def values_of(rule: BonusRule | None, month: date) -> dict[str, Any]:
    """What holds in a month, to be changed from that month on."""
    if rule is None:
        return {"version": 0, "active": True, "valid_from": f"{month:%Y-%m}"}
    own = rule.valid_from == month
    return {
        "version": rule.version if own else 0, "active": rule.active, "valid_from": f"{month:%Y-%m}", "threshold": rule.threshold,
        "percent": rule.percent, "checklists": rule.checklists or None,
        **{f"season_{season.month}": season.percent for season in rule.seasons.all()},
    }  # fmt: skip
