"""A file, and what its columns mean."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from smartpos.tabular.encodings import ENCODINGS
from smartpos.taxes.models import TaxProfile
from smartpos.taxes.selectors import open_profiles
from smartpos.web.forms import OfficeForm

ACCEPTED = ".csv,.txt,.tsv,.xlsx,text/csv,application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
DELIMITERS = ((",", _("Comma")), (";", _("Semicolon")), ("\t", _("Tab")))
MARKS = ((".", _("Point: 1.50")), (",", _("Comma: 1,50")))
PAGES = {
    "utf-8-sig": "UTF-8", "utf-16": "UTF-16", "utf-16-le": "UTF-16 LE", "utf-16-be": "UTF-16 BE", "cp1250": "Windows-1250",
    "cp1252": "Windows-1252", "iso8859-2": "ISO 8859-2 (Latin 2)",
}  # fmt: skip
NOT_THERE = ""


class FileForm(OfficeForm):
    """The list."""

    file = forms.FileField(label=_("File"), help_text=_("CSV or Excel (XLSX), at most 9 MB. The first row names the columns."))

    def dress(self) -> None:
        super().dress()
        self.fields["file"].widget.attrs["accept"] = ACCEPTED


class MappingForm(OfficeForm):
    """Which column is what, and how the file is written."""

    def __init__(
        self,
        head: Sequence[str],
        *args: Any,
        known: Sequence[tuple[str, str | Promise]],
        workbook: bool,
        taxed: bool,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.codes = [code for code, _label in known]
        named = [(str(n), f"{n + 1}: {cell}" if cell else f"{n + 1}") for n, cell in enumerate(head)]
        for code, label in known:
            places = [(NOT_THERE, gettext("not in the file")), *named]
            self.fields[code] = forms.ChoiceField(label=str(label), choices=places, required=False)
        if taxed:
            self.fields["mark"] = forms.ChoiceField(label=_("Decimal mark"), choices=MARKS)
        if not workbook:
            pages = [(code, PAGES[code]) for code in ENCODINGS]
            self.fields["delimiter"] = forms.ChoiceField(label=_("Separator"), choices=DELIMITERS)
            self.fields["encoding"] = forms.ChoiceField(label=_("Encoding"), choices=pages)
        self.profiles = {str(profile.uuid): profile for profile in open_profiles()} if taxed else {}
        if taxed:
            taxes = [(key, profile.name) for key, profile in self.profiles.items()]
            self.fields["tax_profile"] = forms.ChoiceField(label=_("Tax of new products"), choices=taxes)
        self.dress()

    @property
    def mapping(self) -> dict[str, int]:
        """Column code and place, of those that are in the file."""
        return {code: int(self.cleaned_data[code]) for code in self.codes if self.cleaned_data.get(code)}

    @property
    def columns(self) -> list[forms.BoundField]:
        """The fields that stand for columns."""
        return [self[code] for code in self.codes]

    @property
    def writing(self) -> list[forms.BoundField]:
        """The fields about how the file is written, and the tax."""
        return [field for field in self if field.name not in self.codes]

    @property
    def chosen_profile(self) -> TaxProfile | None:
        """The tax that new products get."""
        return self.profiles.get(self.cleaned_data.get("tax_profile", ""))
