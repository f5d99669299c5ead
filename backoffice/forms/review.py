"""The note on an operation kept for review."""

from django import forms
from django.utils.translation import gettext_lazy as _

from smartpos.web.forms import OfficeForm


class NoteForm(OfficeForm):
    """What was done about it, and whether that is all."""

    uuid = forms.UUIDField(widget=forms.HiddenInput)
    note = forms.CharField(
        label=_("What was done"), max_length=500, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Such as: sold again by hand, receipt A1-1204."),
    )  # fmt: skip
    done = forms.BooleanField(label=_("Nothing is left to do"), required=False, initial=True)
