"""The form of a customer."""

from typing import Any
from uuid import UUID

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from pos.models import Customer
from pos.services.customers import LONGEST, LONGEST_NOTE, CustomerInput
from smartpos.access.settings import value
from smartpos.errors import DomainError
from smartpos.ids import uuid7
from smartpos.web.forms import OfficeForm

QUIET = {"autocomplete": "off"}


class CustomerForm(OfficeForm):
    """Who somebody is, the company behind them, and what they agreed to."""

    uuid = forms.UUIDField(widget=forms.HiddenInput)
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=2**31 - 1)
    name = forms.CharField(label=_("Full name"), max_length=LONGEST["name"], widget=forms.TextInput(attrs=QUIET))
    email = forms.EmailField(
        label=_("E-mail"), required=False, max_length=LONGEST["email"], widget=forms.EmailInput(attrs=QUIET),
        help_text=_("Each address only once."),
    )  # fmt: skip
    phone = forms.CharField(
        label=_("Phone"), required=False, max_length=LONGEST["phone"],
        widget=forms.TextInput(attrs={**QUIET, "inputmode": "tel"}),
    )  # fmt: skip
    card = forms.CharField(
        label=_("Card number"), required=False, max_length=LONGEST["card"],
        widget=forms.TextInput(attrs={**QUIET, "class": "input input--code"}),
        help_text=_("Put the cursor here and scan the card."),
    )  # fmt: skip
    address = forms.CharField(
        label=_("Address"), required=False, max_length=LONGEST["address"], widget=forms.TextInput(attrs=QUIET)
    )
    city = forms.CharField(label=_("City"), required=False, max_length=LONGEST["city"], widget=forms.TextInput(attrs=QUIET))
    language = forms.ChoiceField(label=_("Language"), required=False, choices=[("", _("As the business")), *settings.LANGUAGES])
    company = forms.CharField(
        label=_("Company"), required=False, max_length=LONGEST["company"], widget=forms.TextInput(attrs=QUIET)
    )
    tax_number = forms.CharField(
        label=_("Tax number"), required=False, max_length=LONGEST["tax_number"], widget=forms.TextInput(attrs=QUIET)
    )
    note = forms.CharField(
        label=_("Note"), required=False, max_length=LONGEST_NOTE, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("The person may ask to see it."),
    )  # fmt: skip
    enrolled = forms.BooleanField(label=_("In the loyalty programme"), required=False)
    consent = forms.BooleanField(
        label=_("May be written to for marketing"), required=False, help_text=_("The day on which this was agreed is kept.")
    )

    def __init__(self, *args: Any, customer: Customer | None = None, **kwargs: Any) -> None:
        self.known: UUID | None = None
        super().__init__(*args, initial=_of(customer) if customer else _new(), **kwargs)

    def refuse(self, error: DomainError) -> None:
        """Remember who has the address already, so that the page can lead there."""
        super().refuse(error)
        self.known = error.params.get("known")

    def given(self) -> CustomerInput:
        """The customer as the services take it."""
        return CustomerInput(**{name: self.cleaned_data[name] for name in CustomerInput.__slots__})


def _new() -> dict[str, Any]:
    """Somebody new, who joins the programme where the shop enrols new customers (LOY-05)."""
    return {"uuid": uuid7(), "version": 0, "enrolled": value("loyalty.enabled") and value("loyalty.auto_enrol")}


def _of(customer: Customer) -> dict[str, Any]:
    names = (
        "uuid",
        "version",
        "name",
        "email",
        "phone",
        "address",
        "city",
        "company",
        "tax_number",
        "language",
        "note",
        "enrolled",
    )
    known = {name: getattr(customer, name) for name in names}
    return {**known, "card": customer.card or "", "consent": customer.consent_at is not None}
