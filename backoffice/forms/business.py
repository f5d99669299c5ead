"""Pages of settings that hold columns of the business itself: General and Legal."""

import hashlib
import re
from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any
from zoneinfo import available_timezones

from django import forms
from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from backoffice.forms.settings import SettingsForm
from smartpos.access.services.settings import assert_place
from smartpos.db.locks import write_transaction
from smartpos.people.countries import countries, currencies
from smartpos.people.models import Business, Employee
from smartpos.people.services.businesses import update_business


class BusinessForm(SettingsForm):
    """Columns of the business beside settings, saved in one transaction. A store has none of the columns."""

    # Section, column.
    columns: tuple[tuple[str, str], ...] = ()

    def __init__(self, *args: Any, business_id: int, **kwargs: Any) -> None:
        self.business = Business.objects.get(pk=business_id)
        super().__init__(*args, business_id=business_id, **kwargs)
        self.shown = [] if self.store else [name for _section, name in self.columns]
        for name in self.shown:
            self.fields[name] = self.column_field(name)
            self.initial[name] = getattr(self.business, name)
        self.dress()

    def column_field(self, name: str) -> forms.Field:
        """The field of a column."""
        raise NotImplementedError

    def state(self) -> str:
        texts = "".join(f"{name}={getattr(self.business, name)};" for _section, name in self.columns)
        return f"{super().state()}{hash_of(texts)}"

    def save(self, *, by: Employee, at: datetime) -> list[str]:
        assert_place(by, self.store)
        with write_transaction():
            changed = super().save(by=by, at=at)
            given = {n: self.cleaned_data[n] for n in self.shown if self.cleaned_data[n] != getattr(self.business, n)}
            if given:
                update_business(self.business, by=by, at=at, **given)
        return [*changed, *given]

    def groups(self) -> Iterable[dict[str, Any]]:
        """Columns first, then the settings of the section."""
        found = {group["section"].code: group["lines"] for group in super().groups()}
        for section in self.tab.sections:
            own = [self._column_line(name) for where, name in self.columns if where == section.code and name in self.shown]
            lines = [*own, *found.get(section.code, [])]
            if lines:
                yield {"section": section, "lines": lines}

    def _column_line(self, name: str) -> dict[str, Any]:
        return {"code": name, "field": self[name], "rows": None, "own": None, "above": "", "unit": "", "kind": "column"}


def hash_of(text: str) -> str:
    """A few letters that tell two texts apart."""
    return hashlib.sha256(text.encode()).hexdigest()[:8]


def zones() -> list[tuple[str, str]]:
    """Places with a clock, and UTC."""
    names = sorted(name for name in available_timezones() if "/" in name and not name.startswith("Etc/"))
    return [("UTC", "UTC"), *((name, name.replace("_", " ")) for name in names)]


class GeneralForm(BusinessForm):
    """Name, language, currency, clock, how the business is reached; texts of the receipt (SET-01)."""

    columns = (
        ("business", "name"), ("business", "email"), ("business", "phone"), ("business", "address"),
        ("region", "country"), ("region", "language"), ("region", "currency"), ("region", "time_zone"),
    )  # fmt: skip

    def column_field(self, name: str) -> forms.Field:
        texts = {
            "name": forms.CharField(label=gettext_lazy("Business name"), max_length=120),
            "email": forms.EmailField(label=gettext_lazy("E-mail"), required=False, max_length=254),
            "phone": forms.CharField(label=gettext_lazy("Phone"), required=False, max_length=32),
            "address": forms.CharField(label=gettext_lazy("Address"), required=False, max_length=200),
        }
        return texts.get(name) or self._choice(name)

    def _choice(self, name: str) -> forms.Field:
        choices: dict[str, Callable[[], Iterable[tuple[str, str | Promise]]]] = {
            "country": countries, "currency": currencies, "language": lambda: settings.LANGUAGES, "time_zone": zones,
        }  # fmt: skip
        labels = {
            "country": _("Country"), "currency": _("Currency"), "language": _("Language"), "time_zone": _("Time zone"),
        }  # fmt: skip
        helps = {
            "currency": _("Stores without a currency of their own follow. Documents that exist keep theirs."),
            "language": _("Of everybody who has not chosen another one in the bar, and of receipts."),
            "time_zone": _("What new stores start with; each store has its own clock."),
        }
        found = list(choices[name]())
        kept = getattr(self.business, name)
        if kept not in dict(found):
            found.insert(0, (kept, kept or "—"))
        return forms.ChoiceField(choices=found, label=labels[name], help_text=helps.get(name, ""), required=False)


class LegalForm(BusinessForm):
    """Names and numbers that papers carry; checked as the country writes them (SET-03)."""

    columns = (
        ("identity", "legal_name"), ("identity", "registration_number"), ("numbers", "tax_number"), ("numbers", "vat_number"),
    )  # fmt: skip

    def column_field(self, name: str) -> forms.Field:
        labels = {
            "legal_name": _("Legal name"), "registration_number": _("Registration number"), "tax_number": _("Tax ID (JIB)"),
            "vat_number": _("VAT number (PDV)"),
        }  # fmt: skip
        helps = {
            "legal_name": _("Stands on receipts in place of the business name."), "vat_number": _("Empty where not registered."),
        }  # fmt: skip
        longest = 160 if name == "legal_name" else 40
        return forms.CharField(label=labels[name], help_text=helps.get(name, ""), required=False, max_length=longest)

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if self.business.country == "BA":
            for name, digits in (("tax_number", 13), ("vat_number", 12)):
                number = re.sub(r"[\s./-]", "", data.get(name, ""))
                if number and not re.fullmatch(rf"[0-9]{{{digits}}}", number):
                    self.add_error(name, _("In Bosnia and Herzegovina this number has %(count)s digits.") % {"count": digits})
                elif name in data:
                    data[name] = number
        return data
