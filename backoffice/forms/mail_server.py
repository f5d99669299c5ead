"""The form of a business's mail server; a kept password is never shown."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from smartpos.mail.models import MailServer, Security
from smartpos.mail.server import ServerInput
from smartpos.web.forms import OfficeForm


class MailServerForm(OfficeForm):
    """Host, port, line, user, password, sender."""

    host = forms.CharField(label=_("Server"), max_length=253, widget=forms.TextInput(attrs={"autocomplete": "off"}))
    port = forms.IntegerField(label=_("Port"), min_value=1, max_value=65535)
    security = forms.ChoiceField(label=_("Encryption"), choices=Security.choices)
    username = forms.CharField(
        label=_("User"), max_length=200, required=False, widget=forms.TextInput(attrs={"autocomplete": "off"})
    )
    password = forms.CharField(
        label=_("Password"), max_length=400, required=False, strip=False,
        help_text=_("It is kept encrypted and never shown. Left empty, the kept one stays."),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )  # fmt: skip
    sender = forms.CharField(
        label=_("Sender"), max_length=254, widget=forms.EmailInput, help_text=_("The address that receivers see.")
    )

    def __init__(self, server: MailServer | None, data: Any = None) -> None:
        names = ("host", "port", "security", "username", "sender")
        kept = {name: getattr(server, name) for name in names} if server else {"port": 587, "security": Security.STARTTLS}
        super().__init__(data=data, initial=kept)
        self.dress()

    def given(self) -> ServerInput:
        """What was written."""
        return ServerInput(**self.cleaned_data)
