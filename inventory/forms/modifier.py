"""The form of a modifier group with its answers."""

import re
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from inventory.models import Modifier, ModifierGroup
from inventory.services.modifiers import MOST_ANSWERS, GroupInput, ModifierInput
from smartpos.errors import DomainError
from smartpos.web.forms import NumberField, OfficeForm


class DifferenceField(NumberField):
    """A price difference: may be negative."""

    def number(self, text: str) -> Any:
        plain = text.strip().replace("\u2212", "-")
        number = super().number(plain.lstrip("+-"))
        return -number if plain.startswith("-") else number


class AnswerForm(OfficeForm):
    """One answer."""

    uuid = forms.UUIDField(widget=forms.HiddenInput, required=False)
    gone = forms.CharField(widget=forms.HiddenInput(attrs={"data-gone": ""}), required=False)
    name = forms.CharField(label=_("Answer"), max_length=60)
    price = DifferenceField(label=_("Price difference"), required=False)
    kitchen_name = forms.CharField(label=_("Name for the kitchen"), max_length=60, required=False)
    nested = forms.ModelChoiceField(
        label=_("Then ask"),
        queryset=ModifierGroup.everywhere.none(),
        required=False,
        to_field_name="uuid",
        empty_label=_("nothing more"),
    )
    default = forms.BooleanField(label=_("Chosen beforehand"), required=False)

    def __init__(self, *args: Any, groups: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["nested"].queryset = groups  # type: ignore[attr-defined]
        self.fields["nested"].choices = [("", _("nothing more")), *((str(g.uuid), g.name) for g in groups)]  # type: ignore[attr-defined]

    @property
    def is_gone(self) -> bool:
        """Whether the row was taken away on the page."""
        return bool(self.data.get(self.add_prefix("gone"), "") == "on")


class ModifierGroupForm(OfficeForm):
    """Name, how many may be chosen, and the answers."""

    uuid = forms.UUIDField(widget=forms.HiddenInput, required=False)
    version = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0)
    name = forms.CharField(
        label=_("Question"), max_length=60, widget=forms.TextInput(attrs={"placeholder": _("Size, Sauce, Extras …")})
    )
    minimum = forms.IntegerField(
        label=_("At least"), min_value=0, max_value=60, help_text=_("1 or more: the item cannot be added without an answer.")
    )
    maximum = forms.IntegerField(
        label=_("At most"), min_value=1, max_value=60, required=False, help_text=_("1: a single choice. Empty: any number.")
    )

    def __init__(self, *args: Any, group: ModifierGroup | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        data: Mapping[str, Any] | None = self.data if self.is_bound else None
        answers = [m for m in group.modifiers.all() if m.active] if group else []
        initial = [_fields(m) for m in sorted(answers, key=lambda m: (m.position, m.pk))] or [{}]
        self.count = max(1, _count(data.get("answers-count")) if data is not None else len(initial))
        others = list(ModifierGroup.objects.filter(active=True).exclude(pk=group.pk if group else None).order_by("name", "pk"))
        choices = ModifierGroup.objects.filter(pk__in=[g.pk for g in others])
        choices._result_cache = others  # noqa: SLF001 - one query for all rows
        self.rows = [
            AnswerForm(data, prefix=f"answers-{n}", initial=initial[n] if n < len(initial) else None, groups=choices)
            for n in range(self.count)
        ]
        self.empty = AnswerForm(prefix="answers-__prefix__", groups=choices)

    @property
    def left(self) -> list[AnswerForm]:
        """The rows that were not taken away."""
        return [row for row in self.rows if not row.is_gone]

    @property
    def parts(self) -> Sequence[OfficeForm]:
        """The answers that are left."""
        return self.left

    def is_valid(self) -> bool:
        """The form and its rows."""
        return super().is_valid() & ([row for row in self.left if not row.is_valid()] == [])

    def clean(self) -> dict[str, Any]:
        """At least as many as at most."""
        data = super().clean() or {}
        low, high = data.get("minimum"), data.get("maximum")
        if low is not None and high is not None and low > high:
            self.add_error("maximum", ValidationError(_("The minimum lies above the maximum.")))
        return data

    def given(self) -> GroupInput:
        """The group as the service takes it."""
        answers = [
            ModifierInput(**{name: row.cleaned_data[name] for name in ("uuid", "name", "kitchen_name", "default", "nested")},
                          price=row.cleaned_data["price"] or Decimal(0))
            for row in self.left
        ]  # fmt: skip
        data = self.cleaned_data
        return GroupInput(name=data["name"], minimum=data["minimum"], maximum=data["maximum"], answers=answers)

    def refuse(self, error: DomainError) -> None:
        """A refusal that names an answer's field stands in that row."""
        match = re.fullmatch(r"answers-(\d+)-(\w+)", error.field)
        if match and int(match[1]) < len(self.left) and match[2] in AnswerForm.base_fields:
            self.left[int(match[1])].add_error(match[2], error.message)
        else:
            super().refuse(error)
        self.refused = error.status


def _count(text: Any) -> int:
    return (
        min(int(text), MOST_ANSWERS + 20)
        if isinstance(text, str) and text.isascii() and text.isdigit() and len(text) < 5
        else 1
    )


def _fields(modifier: Modifier) -> dict[str, Any]:
    names = ("uuid", "name", "kitchen_name", "price", "default")
    return {name: getattr(modifier, name) for name in names} | {"nested": modifier.nested.uuid if modifier.nested else None}
