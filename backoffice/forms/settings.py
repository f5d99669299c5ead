"""Forms made of declarations: one field for each setting, and at a store whether it has a value of its own."""

import hashlib
from collections.abc import Iterable, Mapping
from datetime import datetime
from functools import singledispatch
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext

from backoffice.forms.mailing import MailingField
from backoffice.forms.rows import categories_field, presets_field, tiers_field
from pos.cash_categories import Categories
from pos.tiers import Presets, Tiers
from smartpos.access.config import config_of
from smartpos.access.kinds import Choice, Clock, Colour, Flag, Kind, Number, Picture, Text, Whole
from smartpos.access.services.settings import own_values, set_values
from smartpos.access.settings import Level, Setting, Tab, known_settings, value_in
from smartpos.errors import Conflict, DomainError
from smartpos.mail.mailing import Mailing
from smartpos.people.models import Employee, Store
from smartpos.web.forms import NumberField, OfficeForm

OWN = "own:"


@singledispatch
def field_for(kind: Kind) -> forms.Field:
    """The field of a kind; rooms with kinds of their own register theirs."""
    raise TypeError(f"no field for {type(kind).__name__}")


@field_for.register
def _flag(kind: Flag) -> forms.Field:
    return forms.BooleanField(required=False, widget=forms.CheckboxInput(attrs={"role": "switch"}))


@field_for.register
def _text(kind: Text) -> forms.Field:
    widget = forms.Textarea(attrs={"rows": min(kind.lines, 4)}) if kind.lines > 1 else forms.TextInput()
    return forms.CharField(required=kind.required, max_length=kind.longest, widget=widget)


@field_for.register
def _whole(kind: Whole) -> forms.Field:
    return forms.IntegerField(min_value=kind.least, max_value=kind.most)


@field_for.register
def _number(kind: Number) -> forms.Field:
    return NumberField(places=kind.places, shown=0 if kind.unit == "%" else 2)


@field_for.register
def _choice(kind: Choice) -> forms.Field:
    return forms.ChoiceField(choices=kind.choices, required=False)


@field_for.register
def _colour(kind: Colour) -> forms.Field:
    return forms.CharField(max_length=7, widget=forms.TextInput(attrs={"type": "color", "class": "input input--colour"}))


@field_for.register
def _picture(kind: Picture) -> forms.Field:
    return forms.FileField(required=False, widget=forms.FileInput(attrs={"accept": "image/png,image/jpeg"}))


@field_for.register
def _clock(kind: Clock) -> forms.Field:
    return forms.CharField(required=False, max_length=8, widget=forms.TimeInput(attrs={"type": "time"}))


field_for.register(Tiers, tiers_field)
field_for.register(Presets, presets_field)
field_for.register(Categories, categories_field)


@field_for.register
def _mailing(kind: Mailing) -> forms.Field:
    return MailingField()


class SettingsForm(OfficeForm):
    """The settings of a page at one level. `seen` says which state the page showed, so that two people do not undo each other."""

    seen = forms.CharField(widget=forms.HiddenInput, required=False, max_length=40)

    def __init__(self, tab: Tab, *, business_id: int, store: Store | None, data: Any = None, files: Any = None) -> None:
        level = Level.STORE if store else Level.BUSINESS
        self.tab, self.store, self.business_id = tab, store, business_id
        self.settings = {s.code: s for s in known_settings(tab.code) if level in s.levels}
        self.elsewhere = sum(level not in s.levels for s in known_settings(tab.code))
        config = config_of(business_id)
        self.above = {code: value_in(config, s, None) if store else s.default for code, s in self.settings.items()}
        self.now = {code: value_in(config, s, store.pk if store else None) for code, s in self.settings.items()}
        self.own = {code for code in own_values(business_id, store) if code in self.settings}
        initial = {**self.now, "seen": self.state(), **{OWN + code: code in self.own for code in self.settings}}
        super().__init__(data=data, files=files, initial=initial)
        for code, setting in self.settings.items():
            self.fields[code] = self._field(setting)
            if store:
                self.fields[OWN + code] = forms.BooleanField(required=False, widget=forms.CheckboxInput())
        self.dress()

    def _field(self, setting: Setting) -> forms.Field:
        field = field_for(setting.kind)
        field.label, field.help_text = str(setting.label), str(setting.help)
        if self.store and not self._is_own(setting.code):
            field.required = False
            field.widget.attrs["disabled"] = True
        return field

    def _is_own(self, code: str) -> bool:
        return bool(self.data.get(OWN + code)) if self.is_bound else code in self.own

    def state(self) -> str:
        """A short name of what is stored for this page at this level."""
        texts = [f"{code}={self.settings[code].kind.text(value)}" for code, value in sorted(self.now.items())]
        return hashlib.sha256("\n".join([*texts, *sorted(self.own)]).encode()).hexdigest()[:16]

    def clean(self) -> dict[str, Any]:
        """Every field that is wrong says so at once."""
        data: dict[str, Any] = super().clean() or {}
        for code, setting in self.settings.items():
            if code in data and self.takes(code):
                try:
                    data[code] = setting.kind.clean(data[code])
                except DomainError as error:
                    self.add_error(code, error.message)
        return data

    def takes(self, code: str) -> bool:
        """Whether the value in the form counts: at a store only where it is its own."""
        return self.store is None or bool(self.cleaned_data.get(OWN + code))

    def values(self) -> Mapping[str, Any]:
        """What is to be saved; None gives a store's value back to the organisation. What is as shipped is not stored."""
        found = {code: self.cleaned_data[code] if self.takes(code) else None for code in self.settings}
        if self.store is None:
            shipped = {code for code in found if code not in self.own and found[code] == self.above[code]}
            return {code: value for code, value in found.items() if code not in shipped}
        return found

    def assert_fresh(self) -> None:
        """Refuse once where somebody else saved the page meanwhile; saving again is meant."""
        if self.cleaned_data["seen"] != self.state():
            fresh: QueryDict = self.data.copy()  # type: ignore[attr-defined]  # what a browser posts is a QueryDict
            fresh["seen"] = self.state()
            self.data = fresh
            raise Conflict(
                gettext("Somebody else changed this page meanwhile. Look at it again: saving now replaces what they set.")
            )

    def save(self, *, by: Employee, at: datetime) -> list[str]:
        """Save the page, all or nothing; answers the names of what changed."""
        self.assert_fresh()
        return set_values(self.values(), by=by, store=self.store, at=at)

    def groups(self) -> Iterable[dict[str, Any]]:
        """Sections with their fields, as the page shows them."""
        for section in self.tab.sections:
            lines = [self._line(s) for s in self.settings.values() if s.section == section.code]
            if lines:
                yield {"section": section, "lines": lines}

    def _line(self, setting: Setting) -> dict[str, Any]:
        kind, bound = setting.kind, self[setting.code]
        rows = getattr(bound.field, "rows", None)
        return {
            "code": setting.code,
            "field": bound,
            "rows": rows(bound.value() if self.store is None or self._is_own(setting.code) else self.now[setting.code])
            if rows
            else None,
            "own": self[OWN + setting.code] if self.store else None,
            "above": kind.shown(self.above[setting.code]) if self.store else "",
            "unit": getattr(kind, "unit", ""),
            "kind": type(kind).__name__.lower(),
            "mailing": bound.field.drawn(bound.value()) if isinstance(bound.field, MailingField) else None,
        }
