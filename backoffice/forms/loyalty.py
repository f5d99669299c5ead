"""The page «Loyalty»: beside the worth of 100 points stands what one of them is worth (LOY-03)."""

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.formats import number_format
from django.utils.translation import gettext as _

from backoffice.forms.settings import SettingsForm
from smartpos.access.settings import Setting

WORTH = "loyalty.value_of_100"


class LoyaltyForm(SettingsForm):
    """Derived, and never stored: the value of one point is a hundredth of what is set."""

    def _field(self, setting: Setting) -> forms.Field:
        field = super()._field(setting)
        if setting.code == WORTH:
            field.help_text = _("One point is worth %(worth)s.") % {"worth": worth_of_one(self.now[WORTH])}
        return field


def worth_of_one(worth: Any) -> str:
    """As people read it, with every decimal that it has and two at least."""
    one = (Decimal(worth) / 100).normalize()
    return number_format(one, max(2, -int(one.as_tuple().exponent)))
