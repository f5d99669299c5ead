"""Closing a shift from the office, correcting a closed one, and the store and day of the cash page."""

from django import forms
from django.utils.translation import gettext_lazy as _

from smartpos.web.forms import NumberField, OfficeForm


class CloseForm(OfficeForm):
    """The count, and why it differs."""

    counted = NumberField(places=2, label=_("Counted"))
    reason = forms.CharField(label=_("Why it differs"), required=False, max_length=200)


class CorrectionForm(OfficeForm):
    """An amount with its sign, and why. `uuid` makes a second press of the button harmless."""

    uuid = forms.UUIDField(widget=forms.HiddenInput)
    sign = forms.ChoiceField(
        label=_("What is corrected"), choices=[("more", _("There was more")), ("less", _("There was less"))]
    )
    amount = NumberField(places=2, label=_("Amount"))
    reason = forms.CharField(label=_("Reason"), max_length=200)


class ZForm(OfficeForm):
    """The request's id, and whether a Z without anything may be made."""

    uuid = forms.UUIDField(widget=forms.HiddenInput)
    empty = forms.BooleanField(required=False, label=_("Also when nothing was booked since the last one"))
