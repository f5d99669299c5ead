"""The form of a mail's text: every field says what is wrong with it."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from smartpos.mail.rendering import LONGEST_SUBJECT
from smartpos.mail.texts import LONGEST_BODY, problems_of
from smartpos.mail.types import MailType
from smartpos.web.forms import OfficeForm


class MailTextForm(OfficeForm):
    """Subject and body in HTML, with the variables of the type."""

    subject = forms.CharField(
        label=_("Subject"), max_length=LONGEST_SUBJECT, widget=forms.TextInput(attrs={"autocomplete": "off"})
    )
    html = forms.CharField(
        label=_("Text (HTML)"), max_length=LONGEST_BODY,
        widget=forms.Textarea(attrs={"rows": 16, "spellcheck": "true", "class": "textarea letter__code"}),
    )  # fmt: skip

    def __init__(self, kind: MailType, data: Any = None, *, initial: dict[str, str]) -> None:
        self.kind = kind
        super().__init__(data=data, initial=initial)
        self.dress()

    def clean(self) -> dict[str, Any]:
        """Unknown variables and what would run are named beside their field."""
        data: dict[str, Any] = super().clean() or {}
        for field, sentence in problems_of(self.kind, data.get("subject", ""), data.get("html", "")):
            if field in data:
                self.add_error(field, sentence)
        return data
