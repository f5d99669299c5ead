"""Forms of signing in and of one's own account."""

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from smartpos.web.forms import OfficeForm, PinField

LONGEST = 200


def password_field(label: Any, *, new: bool = False, help_text: Any = "") -> forms.CharField:
    """A password as browsers and their managers know it."""
    attributes = {"autocomplete": "new-password" if new else "current-password"}
    widget = forms.PasswordInput(attrs=attributes)
    return forms.CharField(label=label, max_length=LONGEST, strip=False, widget=widget, help_text=help_text)


RULE = _("At least 10 characters; a few words are easier to remember than signs.")


class EmailForm(OfficeForm):
    """Whose password was forgotten."""

    email = forms.EmailField(label=_("E-mail"), widget=forms.EmailInput(attrs={"autocomplete": "username", "autofocus": True}))


class NewPasswordForm(OfficeForm):
    """A password of one's own; a second typing is not asked for, the eye shows it."""

    password = password_field(_("New password"), new=True, help_text=RULE)


class ChangePasswordForm(OfficeForm):
    """From the old password to a new one."""

    old = password_field(_("Present password"))
    password = password_field(_("New password"), new=True, help_text=RULE)


class OwnPinForm(OfficeForm):
    """A new PIN for the till, allowed by the password."""

    pin = PinField(label=_("New PIN"))
    password = password_field(_("Present password"))

    def dress(self) -> None:
        super().dress()
        self.fields["pin"].widget.attrs["data-concealed"] = ""


class CodeForm(OfficeForm):
    """A code of the authenticator app."""

    code = forms.CharField(
        label=_("Code of the app"),
        max_length=40,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "one-time-code", "class": "input input--code"}),
    )


class TurnOffForm(OfficeForm):
    """The password, for what makes the account weaker."""

    password = password_field(_("Present password"))


class LanguageForm(OfficeForm):
    """The person's own language."""

    language = forms.ChoiceField(label=_("Language"), choices=settings.LANGUAGES)
