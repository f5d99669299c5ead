"""The first visit, and the four steps of the first-run wizard."""

from decimal import Decimal
from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from smartpos.errors import DomainError
from smartpos.people.countries import countries, currencies
from smartpos.people.models import PosMode, Role, User
from smartpos.people.services.accounts import check_password
from smartpos.web.forms import NumberField, OfficeForm, PinField


class FirstVisitForm(OfficeForm):
    """The business and its owner."""

    business = forms.CharField(label=_("Name of the business"), max_length=120)
    name = forms.CharField(label=_("Your name"), max_length=80)
    email = forms.EmailField(label=_("E-mail"), max_length=254, help_text=_("You sign in with this address."))
    password = forms.CharField(
        label=_("Password"), max_length=200, strip=False, widget=forms.PasswordInput(render_value=True),
        help_text=_("At least 10 characters, and nothing that is easy to guess."),
    )  # fmt: skip
    repeated = forms.CharField(
        label=_("The password once more"), max_length=200, strip=False, widget=forms.PasswordInput(render_value=True)
    )
    code = forms.CharField(
        label=_("Set-up code"), max_length=40,
        help_text=_("It stands in the server's log, and on the console where it was started."),
    )  # fmt: skip

    def __init__(self, *args: Any, needs_code: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not needs_code:
            del self.fields["code"]
        for name, hint in (("business", "organization"), ("name", "name"), ("email", "username"), ("password", "new-password")):
            self.fields[name].widget.attrs["autocomplete"] = hint
        self.fields["repeated"].widget.attrs["autocomplete"] = "new-password"

    def clean(self) -> dict[str, Any]:
        """A password that may be one, and twice the same: both are said at once."""
        data: dict[str, Any] = super().clean() or {}
        password, repeated = data.get("password"), data.get("repeated")
        if password:
            try:
                check_password(password, User(email=data.get("email", ""), name=data.get("name", "")))
            except DomainError as error:
                self.add_error("password", str(error))
        if password and repeated and repeated != password:
            self.add_error("repeated", _("This is not the same password."))
        return data


class BusinessForm(OfficeForm):
    """Step 1: who sells, where, and for which money."""

    name = forms.CharField(label=_("Name of the business"), max_length=120)
    email = forms.EmailField(label=_("E-mail"), max_length=254)
    phone = forms.CharField(label=_("Phone"), max_length=32, required=False, widget=forms.TextInput({"type": "tel"}))
    address = forms.CharField(label=_("Address"), max_length=200, required=False)
    country = forms.ChoiceField(label=_("Country"))
    currency = forms.ChoiceField(label=_("Currency"))
    language = forms.ChoiceField(label=_("Language"), choices=settings.LANGUAGES, help_text=_("For receipts and reports."))
    seen_zone = forms.CharField(max_length=64, required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["country"].choices = [("", "—"), *countries()]  # type: ignore[attr-defined]
        self.fields["currency"].choices = [("", "—"), *currencies()]  # type: ignore[attr-defined]
        self.fields["phone"].widget.attrs["autocomplete"] = "tel"
        self.fields["address"].widget.attrs["autocomplete"] = "street-address"


class StoreForm(OfficeForm):
    """Step 2: the first store, and what its till opens with."""

    name = forms.CharField(label=_("Name of the store"), max_length=120)
    address = forms.CharField(label=_("Address"), max_length=200, required=False)
    mode = forms.ChoiceField(label=_("How do you sell?"), choices=PosMode.choices, widget=forms.RadioSelect)


class EmployeeForm(OfficeForm):
    """Step 3: whoever stands at the till first."""

    name = forms.CharField(label=_("Full name"), max_length=80)
    role = forms.ChoiceField(label=_("Role"), choices=Role.choices)
    pin = PinField(label=_("PIN"))

    def __init__(self, *args: Any, has_pin: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["pin"].widget.attrs["data-secret"] = ""
        if has_pin:
            self.fields["pin"].required = False
            self.fields["pin"].help_text = _("Leave it empty to keep the PIN that was given.")


class TaxForm(OfficeForm):
    """Step 4: the rate that a new product carries."""

    rate = NumberField(label=_("Default tax rate"), places=4, digits=3, shown=0)
    name = forms.CharField(label=_("Name of the tax"), max_length=40)
    inclusive = forms.BooleanField(label=_("My prices include the tax"), required=False)

    def clean_rate(self) -> Decimal:
        """From nought to a hundred."""
        rate: Decimal = self.cleaned_data["rate"]
        if rate > 100:
            raise forms.ValidationError(_("A rate lies between 0 and 100 per cent."))
        return rate
