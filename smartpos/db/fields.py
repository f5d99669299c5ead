"""Exact numbers: integers in the column, Decimal in Python.

Django's DecimalField is a binary float on SQLite; sums of it drift. These fields keep a scaled BIGINT on both databases.
"""

from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    WholeField = models.BigIntegerField[Any, Any]
else:
    WholeField = models.BigIntegerField


class ScaledField(WholeField):
    """A whole number of `scale`-ths; subclasses name the scale. A value with more digits is refused, never rounded."""

    if TYPE_CHECKING:
        # What the type checker's Django plugin takes a value of this field for.
        _pyi_private_set_type: Any
        _pyi_private_get_type: Any

    scale = 1
    default_error_messages = {"inexact": _("Too many decimals: at most %(digits)s are kept.")}

    @property
    def digits(self) -> int:
        """Decimals that the column keeps."""
        return len(str(self.scale)) - 1

    def to_python(self, value: Any) -> Decimal | None:
        if value is None or isinstance(value, Decimal):
            return value
        try:
            return Decimal(str(value))
        except ArithmeticError as error:
            raise ValidationError(_("Enter a number.")) from error

    def from_db_value(self, value: Any, _expression: Any, _connection: BaseDatabaseWrapper) -> Decimal | None:
        # An aggregate of BIGINTs is NUMERIC on PostgreSQL and may be a fraction (an average): keep it exact.
        return None if value is None else Decimal(value) / self.scale

    def get_prep_value(self, value: Any) -> int | None:
        if value is None:
            return None
        if isinstance(value, float):
            raise TypeError(f"{self.name}: binary floats never reach a column")
        scaled = Decimal(value) * self.scale
        if not scaled.is_finite() or scaled != scaled.to_integral_value():
            raise ValidationError(self.error_messages["inexact"], code="inexact", params={"digits": self.digits})
        return int(scaled)

    def value_to_string(self, obj: models.Model) -> str:
        return str(self.value_from_object(obj))

    def formfield(self, **kwargs: Any) -> Any:
        from django import forms  # noqa: PLC0415 - forms load translations; models must not

        return forms.DecimalField(**{"decimal_places": self.digits, "max_digits": 16, "required": not self.blank, **kwargs})


class AmountField(ScaledField):
    """Money, unit prices and costs: BIGINT in 1/10,000 of the currency unit."""

    scale = 10_000


class QuantityField(ScaledField):
    """Quantities: BIGINT in 1/1,000 of the unit."""

    scale = 1_000


class RateField(ScaledField):
    """Percentages: BIGINT in 1/10,000 of a per cent."""

    scale = 10_000
