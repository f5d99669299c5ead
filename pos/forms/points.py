"""The form that gives and takes points."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from pos.services.loyalty import LONGEST_REASON, MOST_POINTS
from smartpos.ids import uuid7
from smartpos.web.forms import OfficeForm


class PointsForm(OfficeForm):
    """How many, and why."""

    uuid = forms.UUIDField(widget=forms.HiddenInput)
    points = forms.IntegerField(
        label=_("Points"), min_value=-MOST_POINTS, max_value=MOST_POINTS,
        help_text=_("With a minus they are taken. Given points first pay what is owed."),
    )  # fmt: skip
    reason = forms.CharField(
        label=_("Reason"), max_length=LONGEST_REASON, help_text=_("It stands in the log of points and in the audit log.")
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, initial={"uuid": uuid7()}, **kwargs)
