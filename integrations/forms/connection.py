"""What a new connection needs."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from smartpos.people.models import Employee, Store
from smartpos.web.forms import OfficeForm


class SimulatorForm(OfficeForm):
    """A simulator for all stores or for one."""

    name = forms.CharField(label=_("Name"), max_length=80, help_text=_("So it is called at the till and for customers."))
    store = forms.ModelChoiceField(
        label=_("For"), queryset=Store.everywhere.none(), to_field_name="uuid", required=False, empty_label=_("All stores")
    )
    behaviour = forms.ChoiceField(
        label=_("How it behaves"),
        choices=[
            ("normal", _("It answers")), ("silent", _("It answers nothing, as if the line were dead")),
            ("refusing", _("It gives nothing back")), ("losing", _("It gives back, and its answer is lost")),
        ],
    )  # fmt: skip

    def __init__(self, data: Any, *, by: Employee, stores: list[Store]) -> None:
        super().__init__(data, initial={"name": "Simulator", "behaviour": "normal"})
        field = self.fields["store"]
        field.queryset = Store.objects.filter(pk__in=[store.pk for store in stores], active=True).order_by("name")  # type: ignore[attr-defined]
        if not by.everywhere_in_business:
            field.required, field.empty_label = True, None  # type: ignore[attr-defined]
        self.dress()
