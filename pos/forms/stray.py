"""What somebody did about money that no receipt stands for."""

from django import forms
from django.utils.translation import gettext_lazy as _

from pos.services.strays import LONGEST
from smartpos.web.forms import OfficeForm


class DealtForm(OfficeForm):
    """Given back through the gateway, or a word on what was done otherwise."""

    note = forms.CharField(
        label=_("What was done"), required=False, max_length=LONGEST, widget=forms.TextInput(),
        help_text=_("Where it was settled otherwise, such as in the gateway's own office."),
    )  # fmt: skip
    decision = forms.ChoiceField(choices=[("refund", _("Give it back")), ("dealt", _("Dealt with"))], widget=forms.HiddenInput)
