"""Forms of stores and terminals."""

from collections.abc import Sequence
from typing import Any
from zoneinfo import available_timezones

from django import forms
from django.utils.translation import gettext_lazy as _

from smartpos.people.countries import currencies
from smartpos.people.models import Business, Employee, PosMode
from smartpos.web.forms import OfficeForm


class StoreForm(OfficeForm):
    """A store: what it is called, where it is, what its till opens with."""

    name = forms.CharField(label=_("Name of the store"), max_length=120)
    address = forms.CharField(label=_("Address"), max_length=200, required=False)
    city = forms.CharField(label=_("City"), max_length=80, required=False)
    phone = forms.CharField(label=_("Phone"), max_length=32, required=False, widget=forms.TextInput({"type": "tel"}))
    mode = forms.ChoiceField(label=_("POS mode"), choices=PosMode.choices, widget=forms.RadioSelect)


class StoreDetailsForm(StoreForm):
    """A store that is there, with the words under its receipts."""

    receipt_footer = forms.CharField(
        label=_("Words under each receipt"), max_length=200, required=False, widget=forms.Textarea({"rows": 2})
    )


class RegionalForm(OfficeForm):
    """Which money a store takes, and when its day begins."""

    currency = forms.ChoiceField(
        label=_("Currency"), required=False,
        help_text=_("For new documents only; stored ones keep theirs, and prices are not converted."),
    )  # fmt: skip
    time_zone = forms.ChoiceField(label=_("Time zone"), help_text=_("The store's clock: days, hours and schedules follow it."))
    cutoff = forms.ChoiceField(
        label=_("The business day ends at"),
        help_text=_("What is sold before this hour still belongs to the day before: for places that are open after midnight."),
    )  # fmt: skip

    def __init__(self, *args: Any, business: Business, shown: str, cutoff: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        own = _("as the business (%(currency)s)") % {"currency": business.currency or shown}
        self.fields["currency"].choices = [("", own), *currencies()]  # type: ignore[attr-defined]
        self.fields["time_zone"].choices = [(zone, zone.replace("_", " ")) for zone in sorted(available_timezones())]  # type: ignore[attr-defined]
        self.fields["cutoff"].choices = [(str(minutes), _clock(minutes)) for minutes in _cutoffs(cutoff)]  # type: ignore[attr-defined]


def _cutoffs(now: int) -> Sequence[int]:
    """Every half hour up to noon, and whatever is set."""
    return sorted({*range(0, 12 * 60 + 1, 30), now})


def _clock(minutes: int) -> str:
    return f"{minutes // 60:02d}:{minutes % 60:02d}"


class TerminalForm(OfficeForm):
    """What a terminal is called."""

    name = forms.CharField(label=_("Name of the terminal"), max_length=60)


class TerminalChangeForm(TerminalForm):
    """A terminal that there is."""

    training = forms.BooleanField(
        label=_("Training mode"),
        help_text=_(
            "For practice: what is sold here moves no stock and no cash and is in no report. The till says so, and every slip."
        ),
        required=False,
    )


class AssignForm(OfficeForm):
    """Somebody who shall work here too."""

    employee = forms.ModelChoiceField(
        label=_("Employee"), queryset=Employee.everywhere.none(), to_field_name="uuid", empty_label=_("Choose somebody")
    )

    def __init__(self, *args: Any, people: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["employee"].queryset = people  # type: ignore[attr-defined]
