"""Forms of the Backoffice: errors beside their fields, a service's refusal as one of them, exact numbers as people write them."""

import re
from collections.abc import Callable, Sequence
from decimal import Decimal
from typing import Any, TypeVar

from django import forms
from django.core.exceptions import ValidationError
from django.utils.formats import get_format, number_format
from django.utils.translation import gettext_lazy as _

from smartpos.errors import DomainError

Made = TypeVar("Made")
CLASSES = {"select": "select", "selectmultiple": "select", "textarea": "textarea"}
BARE = (forms.CheckboxInput, forms.HiddenInput, forms.RadioSelect, forms.CheckboxSelectMultiple)


class NumberField(forms.CharField):
    """A number as the language writes it, exact: «1.234,50» in Bosnian, «1,234.50» in English.

    The other language's decimal mark is understood where it cannot be meant as grouping («9.00» in Bosnian).
    """

    default_error_messages = {
        "number": _("Write a number, such as %(example)s."),
        "places": _("At most %(places)s decimals."),
        "size": _("This number is too large."),
        "negative": _("This cannot be less than nought."),
    }

    def __init__(self, *, places: int = 4, digits: int = 9, shown: int = 2, **kwargs: Any) -> None:
        super().__init__(max_length=32, **kwargs)
        self.places, self.digits, self.shown = places, digits, shown
        self.widget.attrs.update({"inputmode": "decimal", "autocomplete": "off", "class": "input input--number"})

    def clean(self, value: Any) -> Decimal | None:
        text = super().clean(value)
        return self.number(text) if text else None

    def number(self, text: str) -> Decimal:
        """The number that a text says; ValidationError when it says none."""
        plain = plain_number(text)
        if plain is None:
            raise self._error("number", example=number_format(Decimal("1234.5"), decimal_pos=2, force_grouping=True))
        sign, whole, fraction = plain
        if sign and (whole.strip("0") or fraction.strip("0")):
            raise self._error("negative")
        if len(fraction) > self.places:
            raise self._error("places", places=self.places)
        if len(whole) > self.digits:
            raise self._error("size")
        return Decimal(f"{whole}.{fraction}" if fraction else whole)

    def _error(self, code: str, **params: Any) -> ValidationError:
        return ValidationError(self.error_messages[code], code=code, params=params)

    def prepare_value(self, value: Any) -> Any:
        """A stored number as it is written here; what somebody typed stays as typed."""
        if not isinstance(value, Decimal):
            return value
        digits = max(self.shown, -int(value.normalize().as_tuple().exponent))
        return number_format(value, decimal_pos=digits)


class PinField(forms.RegexField):
    """Four digits, which nobody else may read over a shoulder."""

    default_error_messages = {"invalid": _("A PIN has four digits.")}

    def __init__(self, **kwargs: Any) -> None:
        looks = {"inputmode": "numeric", "autocomplete": "off", "maxlength": "4", "class": "input input--code"}
        super().__init__(r"^[0-9]{4}\Z", widget=forms.TextInput(looks), **kwargs)


def plain_number(text: str) -> tuple[str, str, str] | None:
    """Sign, whole part and fraction of a number as the active language writes it; None when it is none."""
    text = re.sub(r"[\s\u00a0\u202f]", "", text).replace("\u2212", "-")
    mark, group = str(get_format("DECIMAL_SEPARATOR")), str(get_format("THOUSAND_SEPARATOR"))
    own = rf"(-?)([0-9]{{1,3}}(?:{re.escape(group)}[0-9]{{3}})+|[0-9]+)(?:{re.escape(mark)}([0-9]+))?"
    other = rf"(-?)([0-9]+){re.escape(group)}([0-9]{{1,2}}|[0-9]{{4,}})"
    if not text.isascii():
        return None
    match = re.fullmatch(own, text) or re.fullmatch(other, text)
    if match is None:
        return None
    sign, whole, fraction = match.groups("")
    return sign, whole.replace(group, "").lstrip("0") or "0", fraction


class OfficeForm(forms.Form):
    """A form with the Backoffice's looks; `status` is the HTTP answer that fits how it stands."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.refused = 0
        self.dress()

    def dress(self) -> None:
        """Give every field its looks; once more for fields that were added later."""
        for field in self.fields.values():
            if not isinstance(field.widget, BARE):
                kind = type(field.widget).__name__.lower()
                field.widget.attrs.setdefault("class", CLASSES.get(kind, "input"))

    @property
    def parts(self) -> Sequence["OfficeForm"]:
        """Forms that stand in this one, such as the rows of a list, as far as they count."""
        return ()

    @property
    def problems(self) -> list[tuple[str, str, str]]:
        """What is wrong in the form and in its parts: the id of the field (or ""), its label, a sentence."""
        if not self.is_bound:
            return []
        own = [("", "", str(error)) for error in self.non_field_errors()]
        own += [(field.id_for_label or field.auto_id, str(field.label), str(error)) for field in self for error in field.errors]
        return own + [problem for part in self.parts for problem in part.problems]

    @property
    def status(self) -> int:
        """200, 422 when a field is wrong, or what the service's refusal says."""
        if self.refused:
            return self.refused
        return 422 if self.is_bound and not self.is_valid() else 200

    def refuse(self, error: DomainError) -> None:
        """Show a service's refusal beside the field that it names."""
        self.refused = error.status
        self.add_error(error.field if error.field in self.fields else None, error.message)

    def attempt(self, act: Callable[[], Made]) -> Made | None:
        """What the service made; None when a field is wrong or the service refused, which the form then shows."""
        if not self.is_valid():
            return None
        try:
            return act()
        except DomainError as error:
            self.refuse(error)
            return None
