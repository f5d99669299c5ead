"""What a manager says about a request to give money back."""

from django import forms
from django.utils.translation import gettext_lazy as _

from pos.services.refunds import LONGEST
from smartpos.web.forms import OfficeForm


class DecisionForm(OfficeForm):
    """A note; whoever says no has to write one."""

    note = forms.CharField(
        label=_("Note"), required=False, max_length=LONGEST, widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Required for a no: whoever asked reads it at the till."),
    )  # fmt: skip
    decision = forms.ChoiceField(choices=[("approve", _("Approve")), ("reject", _("Reject"))], widget=forms.HiddenInput)
