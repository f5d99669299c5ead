"""The field of a mail: a switch and the addresses it goes to."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from smartpos.errors import DomainError
from smartpos.mail.mailing import Recipients, addresses_in, checked_addresses

Typed = tuple[bool, str]


class MailingWidget(forms.Widget):
    """Takes switch and addresses out of the form; the template of the page draws them."""

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Typed:
        return f"{name}:on" in data, str(data.get(f"{name}:to", ""))[:4000]

    def value_omitted_from_data(self, data: Any, files: Any, name: str) -> bool:
        return f"{name}:to" not in data


class MailingField(forms.Field):
    """Whether a mail goes out, and to whom; a wrong address is named."""

    def __init__(self) -> None:
        super().__init__(required=False, widget=MailingWidget())

    def clean(self, value: Typed) -> Recipients:
        try:
            return Recipients(value[0], checked_addresses(addresses_in(value[1])))
        except DomainError as error:
            raise ValidationError(error.message) from error

    def drawn(self, value: Any) -> Typed:
        """What to draw: as typed, or as stored."""
        return (value.on, "\n".join(value.to)) if isinstance(value, Recipients) else value
