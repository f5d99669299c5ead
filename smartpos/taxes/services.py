"""Rates and tax groups: made, changed, dated, archived; what tills cache follows in the same transaction."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from smartpos.audit.services import record
from smartpos.db.locks import serialise, write_transaction
from smartpos.errors import DomainError
from smartpos.people.models import Employee
from smartpos.taxes.hooks import Use, finding_use, profiles_changed, profiles_gone
from smartpos.taxes.models import TaxKind, TaxProfile, TaxProfileRate, TaxRate, TaxRateChange
from smartpos.taxes.selectors import default_profile

UNTAXED = (TaxKind.ZERO, TaxKind.EXEMPT)


@dataclass(frozen=True, slots=True)
class RateTerms:
    """How a rate is called and how it is reckoned (FIN-09, C-11)."""

    name: str
    code: str
    kind: str = TaxKind.STANDARD
    inclusive: bool = True
    compound: bool = False
    priority: int = 1


def create_rate(
    *, by: Employee, code: str, name: str, rate: Decimal, kind: str = TaxKind.STANDARD, inclusive: bool = True,
    compound: bool = False, priority: int = 1, default: bool = False, at: datetime,
) -> TaxRate:  # fmt: skip
    """A new rate identity, and the profile by which products carry it alone (`own_profile`); `rate` in per cent.

    Zero-rated and exempt tax nothing, and differ. The first rate of a business is its default. Without a code it gets one
    from its percentage.
    """
    made = TaxRate(business_id=by.business_id, rate=rate)
    with write_transaction():
        _fill(made, RateTerms(name, code or _free_code(rate, kind), kind, inclusive, compound, priority))
        check_percent(rate, kind)
        _save(made, field="code")
        record("tax.rate_created", subject=f"tax_rate:{made.uuid}", data={"name": made.name, "rate": str(rate)}, at=at)
        profile = create_profile(by=by, name=made.name, rates=[made], only=made, at=at)
        if default:
            set_default(profile, at=at)
    return made


def update_rate(rate: TaxRate, *, terms: RateTerms, percent: Decimal | None = None, at: datetime) -> TaxRate:
    """Other words or another way of reckoning, from the next sale on; receipts keep what they copied (FIN-15).

    The percentage itself is corrected only while nothing was sold at it; later it changes from a day on (`plan_change`).
    """
    with write_transaction():
        rate = TaxRate.objects.select_for_update().get(pk=rate.pk)
        before = _facts(rate)
        _fill(rate, terms)
        if percent is not None and percent != rate.rate:
            if use_of(rate).sold:
                raise DomainError(_("Sold already at this percentage. Plan a change from a day on instead."), field="percent")
            rate.rate = percent
        for value in (rate.rate, *(change.percent for change in rate.changes.all())):
            check_percent(value, rate.kind)
        _save(rate, field="code")
        _rename(rate)
        after = _facts(rate)
        changed = {name: [before[name], after[name]] for name in after if before[name] != after[name]}
        if changed:
            record("tax.rate_changed", subject=f"tax_rate:{rate.uuid}", data=changed, at=at)
            profiles_changed(profiles_of(rate))
    return rate


def plan_change(rate: TaxRate, *, percent: Decimal, valid_from: date, today: date, at: datetime) -> TaxRateChange:
    """Another percentage from a business day on; a second one for the same day takes the place of the first."""
    if valid_from < today:
        raise DomainError(_("A change begins today or later: days that are over stay as they were."), field="valid_from")
    with write_transaction():
        rate = TaxRate.objects.select_for_update().get(pk=rate.pk)
        check_percent(percent, rate.kind)
        change: TaxRateChange
        change, _made = TaxRateChange.objects.update_or_create(
            rate=rate, valid_from=valid_from, defaults={"percent": percent}, create_defaults={
                "business_id": rate.business_id, "percent": percent,
            },
        )  # fmt: skip
        data = {"name": rate.name, "rate": str(percent), "from": valid_from.isoformat()}
        record("tax.change_planned", subject=f"tax_rate:{rate.uuid}", data=data, at=at)
        profiles_changed(profiles_of(rate))
    return change


def drop_change(change: TaxRateChange, *, today: date, at: datetime) -> None:
    """Take a planned change back, while its day has not come."""
    if change.valid_from <= today:
        raise DomainError(_("This percentage is in force. Plan another change instead."))
    with write_transaction():
        rate = TaxRate.objects.select_for_update().get(pk=change.rate_id)
        gone, _kinds = TaxRateChange.objects.filter(pk=change.pk).delete()
        if gone:
            data = {"name": rate.name, "rate": str(change.percent), "from": change.valid_from.isoformat()}
            record("tax.change_dropped", subject=f"tax_rate:{rate.uuid}", data=data, at=at)
            profiles_changed(profiles_of(rate))


def create_profile(
    *, by: Employee, name: str, rates: Sequence[TaxRate], only: TaxRate | None = None, at: datetime
) -> TaxProfile:
    """A new ordered list of rates for products to carry: a tax group, or a rate's own profile (`only`)."""
    profile = TaxProfile(business_id=by.business_id, name=_named(name), only=only)
    with write_transaction():
        serialise(f"default-tax:{by.business_id}")
        profile.default = default_profile() is None
        _save(profile, field="name")
        _put_rates(profile, rates)
        if only is None:
            record("tax.group_created", subject=f"tax_profile:{profile.uuid}", data=_group_facts(profile, rates), at=at)
        profiles_changed([profile])
    return profile


def update_profile(profile: TaxProfile, *, name: str, rates: Sequence[TaxRate], at: datetime) -> TaxProfile:
    """Another name or other rates of a group, from the next sale on."""
    with write_transaction():
        profile = TaxProfile.objects.select_for_update().get(pk=profile.pk)
        profile.name = _named(name)
        _save(profile, field="name")
        profile.entries.all().delete()
        _put_rates(profile, rates)
        record("tax.group_changed", subject=f"tax_profile:{profile.uuid}", data=_group_facts(profile, rates), at=at)
        profiles_changed([profile])
    return profile


def set_default(profile: TaxProfile, *, at: datetime) -> TaxProfile:
    """New products take this one from now on; the former default is none any more (FIN-10)."""
    with write_transaction():
        serialise(f"default-tax:{profile.business_id}")
        profile = TaxProfile.objects.select_for_update().get(pk=profile.pk)
        if not profile.active:
            raise DomainError(_("An archived tax cannot be the default."), field="default")
        if not profile.default:
            TaxProfile.objects.filter(default=True).update(default=False)
            profile.default = True
            profile.save(update_fields=["default"])
            record("tax.default_set", subject=f"tax_profile:{profile.uuid}", data={"name": profile.name}, at=at)
    return profile


def remove(profile: TaxProfile, *, at: datetime) -> bool:
    """Archive a rate or group that is used, delete one that never was (FIN-15); answers whether it is archived.

    What carries an archived one goes on being sold with it; it is only not offered any more.
    """
    with write_transaction():
        serialise(f"default-tax:{profile.business_id}")
        profile = TaxProfile.objects.select_for_update().get(pk=profile.pk)
        if profile.default:
            raise DomainError(_("New products take this one. Make another one the default first."))
        rate, use = profile.only, find_use([profile])
        used = bool(use.goods or use.sold or (rate is not None and in_groups(rate)))
        record(
            "tax.archived" if used else "tax.deleted", subject=f"tax_profile:{profile.uuid}", data={"name": profile.name}, at=at
        )
        if used:
            _activate(profile, active=False)
        else:
            profiles_gone([profile])
            profile.delete()
            if rate is not None:
                rate.delete()
    return used


def restore(profile: TaxProfile, *, at: datetime) -> TaxProfile:
    """Offer an archived one again."""
    with write_transaction():
        profile = TaxProfile.objects.select_for_update().get(pk=profile.pk)
        if not profile.active:
            _activate(profile, active=True)
            record("tax.restored", subject=f"tax_profile:{profile.uuid}", data={"name": profile.name}, at=at)
    return profile


def profiles_of(rate: TaxRate) -> list[TaxProfile]:
    """Everything that reckons with this rate: its own profile and the groups it is in."""
    return list(TaxProfile.objects.filter(entries__rate=rate).order_by("pk"))


def in_groups(rate: TaxRate) -> bool:
    """Whether a group holds the rate."""
    return TaxProfile.objects.filter(entries__rate=rate, only=None).exists()


def use_of(rate: TaxRate) -> Use:
    """Who needs a rate, alone or in a group."""
    return find_use(profiles_of(rate))


def find_use(profiles: Sequence[TaxProfile]) -> Use:
    """Who needs these profiles."""
    use = Use()
    finding_use(profiles, use)
    return use


def check_percent(percent: Decimal, kind: str) -> None:
    """0 to 100 per cent; zero-rated and exempt have none."""
    if not 0 <= percent <= 100:
        raise DomainError(_("A rate lies between 0 and 100 per cent."), field="percent")
    if percent and kind in UNTAXED:
        raise DomainError(_("Zero-rated and exempt have no per cent."), field="percent")


def _fill(rate: TaxRate, terms: RateTerms) -> None:
    code = terms.code.strip()
    if not code:
        raise DomainError(_("Write a code: it is printed beside each amount on receipts."), field="code")
    rate.name, rate.code, rate.kind = _named(terms.name), code, terms.kind
    rate.inclusive, rate.compound, rate.priority = terms.inclusive, terms.compound, terms.priority


def _named(name: str) -> str:
    name = name.strip()
    if not name:
        raise DomainError(_("Write a name."), field="name")
    return name


def _free_code(rate: Decimal, kind: str) -> str:
    """A code that nobody has yet: the percentage, or E for exempt."""
    plain = "E" if kind == TaxKind.EXEMPT else format(rate.normalize(), "f")
    taken = set(TaxRate.objects.values_list("code", flat=True))
    return next(code for code in (plain, *(f"{plain}-{n}" for n in range(2, 1000))) if code not in taken)


def _facts(rate: TaxRate) -> dict[str, Any]:
    names = ("name", "code", "kind", "inclusive", "compound", "priority")
    return {**{name: getattr(rate, name) for name in names}, "rate": str(rate.rate)}


def _rename(rate: TaxRate) -> None:
    """A rate's own profile is called like the rate."""
    profile = TaxProfile.objects.filter(only=rate).first()
    if profile is not None and profile.name != rate.name:
        profile.name = rate.name
        _save(profile, field="name")


def _group_facts(profile: TaxProfile, rates: Sequence[TaxRate]) -> dict[str, Any]:
    return {"name": profile.name, "rates": [rate.code for rate in rates]}


def _put_rates(profile: TaxProfile, rates: Sequence[TaxRate]) -> None:
    if not rates:
        raise DomainError(_("Choose at least one rate."), field="rates")
    if len({rate.pk for rate in rates}) < len(rates):
        raise DomainError(_("Each rate only once."), field="rates")
    TaxProfileRate.objects.bulk_create(
        TaxProfileRate(business_id=profile.business_id, profile=profile, rate=rate, position=n) for n, rate in enumerate(rates)
    )


def _activate(profile: TaxProfile, *, active: bool) -> None:
    profile.active = active
    profile.save(update_fields=["active"])
    if profile.only is not None:
        profile.only.active = active
        profile.only.save(update_fields=["active"])


def _save(thing: TaxRate | TaxProfile, *, field: str) -> None:
    """Save; whichever name or code is taken is refused in words."""
    try:
        with transaction.atomic():
            thing.save()
    except IntegrityError as error:
        taken = _("This code is taken.") if field == "code" else _("There is one with this name already.")
        raise DomainError(taken, field=field) from error
