"""The form of a person on the staff."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any
from uuid import UUID

from django import forms
from django.conf import settings
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from smartpos.errors import DomainError
from smartpos.ids import uuid7
from smartpos.people.models import Employee, EmployeeStore, Role, Store
from smartpos.people.services.staff_rules import clean_commission, is_below
from smartpos.web.forms import NumberField, OfficeForm, PinField

QUIET = {"autocomplete": "off"}


class EmployeeForm(OfficeForm):
    """Everything about a person that others may set. Stores and roles are those that `by` may give."""

    uuid = forms.UUIDField(widget=forms.HiddenInput)
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=2**31 - 1)
    name = forms.CharField(label=_("Full name"), max_length=80)
    role = forms.ChoiceField(label=_("Role"), help_text=_("Only Owner, Admin and Manager open the Backoffice."))
    email = forms.EmailField(
        label=_("E-mail"), required=False, help_text=_("Needed to sign in to the Backoffice; mail for this person goes here."),
        widget=forms.EmailInput(attrs=QUIET),
    )  # fmt: skip
    phone = forms.CharField(
        label=_("Phone"), required=False, max_length=40, widget=forms.TextInput(attrs={**QUIET, "inputmode": "tel"})
    )
    pin = PinField(label=_("PIN"), required=False)
    card = forms.CharField(
        label=_("Card"), required=False, max_length=64, help_text=_("Put the cursor here and scan the card."),
        widget=forms.TextInput(attrs={**QUIET, "class": "input input--code", "data-behaviour": "card"}),
    )  # fmt: skip
    card_gone = forms.BooleanField(label=_("Take the present card away"), required=False)
    commission = NumberField(label=_("Commission"), required=False, places=4, digits=3, shown=0)
    language = forms.ChoiceField(label=_("Language"), required=False, choices=[("", _("As the business")), *settings.LANGUAGES])
    stores = forms.ModelMultipleChoiceField(
        label=_("Stores"), queryset=Store.everywhere.none(), required=False, to_field_name="uuid",
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip
    primary = forms.ModelChoiceField(
        label=_("Primary store"), queryset=Store.everywhere.none(), required=False, to_field_name="uuid",
        widget=forms.RadioSelect,
    )  # fmt: skip
    invite = forms.BooleanField(label=_("Send an invitation to sign in"), required=False, initial=True)

    def __init__(
        self, *args: Any, by: Employee, stores: Sequence[Store], person: Employee | None = None, **kwargs: Any
    ) -> None:
        self.by, self.person = by, person
        initial = {**(self._of(person) if person else {"uuid": uuid7(), "version": 0}), **kwargs.pop("initial", {})}
        super().__init__(*args, initial=initial, **kwargs)
        there = Q(active=True) | Q(employee_links__employee=person) if person else Q(active=True)
        places = Store.objects.filter(there, pk__in=[store.pk for store in stores]).order_by("name", "pk").distinct()
        self.fields["stores"].queryset = self.fields["primary"].queryset = places  # type: ignore[attr-defined]
        self.fields["role"].choices = [(r.value, r.label) for r in Role if is_below(by, r)]  # type: ignore[attr-defined]
        self.fields["pin"].required = person is None
        if person is not None:
            self.fields["pin"].help_text = _("Leave it empty to keep the present one.")
            del self.fields["invite"]
        if person is None or person.user_id is None:
            return
        self.fields["email"].disabled = True
        self.fields["email"].help_text = _("The person signs in with it. Remove the sign-in to give another address.")

    def _of(self, person: Employee) -> dict[str, Any]:
        links = list(EmployeeStore.objects.filter(employee=person).select_related("store"))
        return {
            "uuid": person.uuid, "version": person.version, "name": person.name, "role": person.role, "email": person.email,
            "phone": person.phone, "commission": person.commission, "language": person.language,
            "stores": [link.store.uuid for link in links],
            "primary": next((link.store.uuid for link in links if link.primary), None),
        }  # fmt: skip

    def clean_commission(self) -> Decimal | None:
        """A share of what is sold; the service's rule, said with everything else that is wrong."""
        try:
            return clean_commission(self.cleaned_data["commission"])
        except DomainError as error:
            raise forms.ValidationError(error.message) from error

    def store_rows(self) -> list[dict[str, Any]]:
        """Each store with its tick and its mark for the primary one."""
        chosen = {str(value) for value in self["stores"].value() or []}
        primary = str(self["primary"].value() or "")
        places = self.fields["stores"].queryset  # type: ignore[attr-defined]
        return [
            {"store": store, "chosen": str(store.uuid) in chosen, "primary": str(store.uuid) == primary} for store in places
        ]

    def values(self) -> dict[str, Any]:
        """What the services take, the card as they mean it: None keeps, "" takes away."""
        data = self.cleaned_data
        card = data["card"] or ("" if data["card_gone"] else None)
        return {
            "name": data["name"], "role": data["role"], "email": data["email"], "phone": data["phone"], "pin": data["pin"],
            "card": card, "commission": data["commission"], "language": data["language"], "stores": list(data["stores"]),
            "primary": data["primary"],
        }  # fmt: skip

    @property
    def new_uuid(self) -> UUID:
        """The id that the page gave the new person."""
        return self.cleaned_data["uuid"]  # type: ignore[no-any-return]
