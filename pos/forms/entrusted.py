"""An owner of goods or a courier, and what the office writes into their account."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from pos.models import EntrustedKind, PartyKind
from pos.models.entrusted import LONGEST_NAME
from pos.services.entrusted import LONGEST_NOTE
from smartpos.people.models import Store
from smartpos.web.forms import NumberField, OfficeForm


class PartyForm(OfficeForm):
    """Who it is. The kind is chosen once."""

    uuid = forms.UUIDField(widget=forms.HiddenInput)
    kind = forms.ChoiceField(label=_("Kind"), choices=PartyKind.choices, required=False)
    name = forms.CharField(label=_("Name"), max_length=LONGEST_NAME)
    note = forms.CharField(
        label=_("Note"), required=False, max_length=200, help_text=_("An address, a bank account, what was agreed.")
    )

    def clean_kind(self) -> str:
        """A known owner or courier stays one."""
        return str(self.cleaned_data["kind"] or PartyKind.OWNER)


class EntryForm(OfficeForm):
    """A payment by bank, or a correction with its sign, of one store. `uuid` makes a second press of the button harmless."""

    uuid = forms.UUIDField(widget=forms.HiddenInput)
    what = forms.ChoiceField(
        label=_("What happened"),
        choices=[("paid", _("Paid by bank transfer")), ("more", _("More is owed")), ("less", _("Less is owed"))],
    )
    store = forms.ChoiceField(label=_("Store"))
    amount = NumberField(places=2, label=_("Amount"))
    note = forms.CharField(label=_("Reason"), max_length=LONGEST_NOTE)

    def __init__(self, *args: Any, stores: Sequence[Store], kind: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.stores = {str(store.uuid): store for store in stores}
        self.party_kind = kind
        field: Any = self.fields["store"]
        field.choices = [(key, store.name) for key, store in self.stores.items()]

    def given(self) -> dict[str, Any]:
        """As the service takes it."""
        data = self.cleaned_data
        paid = EntrustedKind.PAYOUT if self.party_kind == PartyKind.OWNER else EntrustedKind.COLLECTED
        kind = paid if data["what"] == "paid" else EntrustedKind.CORRECTION
        amount = -data["amount"] if data["what"] == "less" else data["amount"]
        return {
            "store": self.stores[data["store"]], "uuid": data["uuid"], "kind": kind, "amount": amount, "note": data["note"],
        }  # fmt: skip
