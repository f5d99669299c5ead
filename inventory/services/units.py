"""Units of measurement."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.db import IntegrityError, transaction
from django.utils import translation
from django.utils.translation import gettext as _

from inventory.hooks import units_changed
from inventory.models import Product, Unit
from inventory.models.unit import MOST_DECIMALS
from smartpos.audit.services import record
from smartpos.db.locks import serialise, write_transaction
from smartpos.errors import DomainError
from smartpos.people.hooks import business_founded
from smartpos.people.models import Business, Employee


def shipped() -> list[tuple[str, str, int, bool]]:
    """What a new business starts with, in the active language: name, abbreviation, decimals, whether it is written."""
    return [
        (_("piece"), _("pc"), 0, False), (_("kilogram"), "kg", 3, True), (_("litre"), "l", 3, True), (_("metre"), "m", 3, True)
    ]  # fmt: skip


@business_founded.implement
def ship_units(business: Business) -> None:
    """The units that every business begins with, named in its language."""
    with translation.override(business.language):
        named = shipped()
    units = [
        Unit(business=business, name=name, abbreviation=short, decimals=decimals, abbreviated=written)
        for name, short, decimals, written in named
    ]
    Unit.objects.bulk_create(units, ignore_conflicts=True)
    units_changed(list(Unit.objects.order_by("pk")))


def default_unit() -> Unit:
    """The one a product gets when none is named: the first that counts pieces, else the first there is."""
    unit: Unit | None = Unit.objects.order_by("abbreviated", "decimals", "pk").first()
    if unit is None:
        raise DomainError(_("Add a unit first."), field="unit")
    return unit


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitInput:
    """A unit as a form gives it; `base` and `factor` together or not at all."""

    name: str
    abbreviation: str
    decimals: int = 0
    abbreviated: bool = True
    base: Unit | None = None
    factor: Decimal | None = None


def create_unit(given: UnitInput, *, by: Employee, at: datetime) -> Unit:
    """Add a unit."""
    return _put(Unit(business_id=by.business_id), given, action="unit.created", at=at)


def update_unit(unit: Unit, given: UnitInput, *, by: Employee, at: datetime) -> Unit:
    """Change a unit; what was sold keeps the word it was sold with."""
    return _put(unit, given, action="unit.changed", at=at)


def delete_unit(unit: Unit, *, by: Employee, at: datetime) -> None:
    """Remove a unit that nothing uses."""
    with write_transaction():
        unit = Unit.objects.select_for_update().get(pk=unit.pk)
        using = Product.objects.filter(unit=unit).order_by("-active", "folded", "pk").first()
        if using is not None:
            raise DomainError(_("%(product)s is counted in this unit. Change that first.") % {"product": using.name})
        multiple = Unit.objects.filter(base=unit).order_by("pk").first()
        if multiple is not None:
            raise DomainError(_("The unit %(unit)s is made of this one. Change that first.") % {"unit": multiple.name})
        record("unit.deleted", subject=f"unit:{unit.uuid}", data={"name": unit.name}, at=at)
        unit.delete()
        unit.pk = None
        units_changed([unit])


def _put(unit: Unit, given: UnitInput, *, action: str, at: datetime) -> Unit:
    name, abbreviation = " ".join(given.name.split()), "".join(given.abbreviation.split())
    _check(name, abbreviation, given)
    with write_transaction():
        serialise(f"units:{unit.business_id}")
        if unit.pk:
            unit = Unit.objects.select_for_update().get(pk=unit.pk)
        _check_base(unit, given.base)
        unit.name, unit.abbreviation, unit.decimals, unit.abbreviated = name, abbreviation, given.decimals, given.abbreviated
        unit.base, unit.factor = given.base, given.factor
        _save(unit)
        factor = "" if given.factor is None or given.base is None else f"{given.factor} {given.base.abbreviation}"
        data = {"name": name, "abbreviation": abbreviation, "decimals": given.decimals, "holds": factor}
        record(action, subject=f"unit:{unit.uuid}", data=data, at=at)
        units_changed([unit])
    return unit


def _check(name: str, abbreviation: str, given: UnitInput) -> None:
    if not name or len(name) > 40:
        raise DomainError(_("Give a name of at most 40 letters."), field="name")
    if not abbreviation or len(abbreviation) > 8:
        raise DomainError(_("Give an abbreviation of at most 8 letters."), field="abbreviation")
    if not 0 <= given.decimals <= MOST_DECIMALS:
        raise DomainError(_("Between 0 and 3 decimals."), field="decimals")
    if (given.base is None) != (given.factor is None):
        raise DomainError(_("Say how much of which unit one of these is."), field="base" if given.base is None else "factor")
    if given.factor is not None and not 0 < given.factor < 1_000_000:
        raise DomainError(_("The factor must be above nought and below a million."), field="factor")


def _check_base(unit: Unit, base: Unit | None) -> None:
    seen = base
    while seen is not None:
        if seen.pk == unit.pk:
            raise DomainError(_("That unit is itself made of this one."), field="base")
        seen = seen.base


def _save(unit: Unit) -> None:
    others = Unit.objects.exclude(pk=unit.pk)
    for field in ("name", "abbreviation"):
        if others.filter(**{f"{field}__iexact": getattr(unit, field)}).exists():
            raise DomainError(_("There is one with this name already."), field=field)
    try:
        with transaction.atomic():
            unit.save()
    except IntegrityError as error:
        raise DomainError(_("There is one with this name already."), field="name") from error
