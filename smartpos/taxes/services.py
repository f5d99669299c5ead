"""Rates and profiles in their plain form."""

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from smartpos.audit.services import record
from smartpos.db.locks import write_transaction
from smartpos.errors import DomainError
from smartpos.people.models import Employee
from smartpos.taxes.hooks import profiles_changed
from smartpos.taxes.models import TaxKind, TaxProfile, TaxProfileRate, TaxRate


def create_rate(
    *, by: Employee, code: str, name: str, rate: Decimal, kind: str = TaxKind.STANDARD, inclusive: bool = True,
    compound: bool = False, priority: int = 1, at: datetime,
) -> TaxRate:  # fmt: skip
    """A new rate identity; `rate` in per cent. Zero-rated and exempt tax nothing, and differ."""
    if not 0 <= rate <= 100:
        raise DomainError(_("A rate lies between 0 and 100 per cent."), field="rate")
    if rate and kind in (TaxKind.ZERO, TaxKind.EXEMPT):
        raise DomainError(_("Zero-rated and exempt have no per cent."), field="rate")
    made = TaxRate(
        business_id=by.business_id, code=code.strip(), name=name.strip(), rate=rate, kind=kind, inclusive=inclusive,
        compound=compound, priority=priority,
    )  # fmt: skip
    with write_transaction():
        _save(made, field="code")
        record("tax.rate_created", subject=f"tax:{made.code}", data={"name": made.name, "rate": str(rate)}, at=at)
    return made


def create_profile(*, by: Employee, name: str, rates: Sequence[TaxRate], at: datetime) -> TaxProfile:
    """A new ordered list of rates for products to carry."""
    profile = TaxProfile(business_id=by.business_id, name=name.strip())
    with write_transaction():
        _save(profile, field="name")
        TaxProfileRate.objects.bulk_create(
            TaxProfileRate(business_id=by.business_id, profile=profile, rate=rate, position=n) for n, rate in enumerate(rates)
        )
        record("tax.profile_created", subject=f"tax_profile:{profile.uuid}", data={"name": profile.name}, at=at)
        profiles_changed([profile])
    return profile


def _save(thing: TaxRate | TaxProfile, *, field: str) -> None:
    try:
        with transaction.atomic():
            thing.save()
    except IntegrityError as error:
        raise DomainError(_("There is one with this name already."), field=field) from error
