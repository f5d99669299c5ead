"""The bonus: its rule, paying a month, and taking a payout back. Each in the log."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from pos.models import BonusPayout, BonusRule, BonusSeason, BonusUndo
from pos.selectors import bonus as selector
from pos.tiers import plain
from smartpos.audit.services import record
from smartpos.db.locks import serialise, write_transaction
from smartpos.errors import Conflict, DomainError, NotAllowed
from smartpos.money import format_rate
from smartpos.people.models import Employee, Role

LONGEST_REASON = 200
MOST_CHECKLISTS = 1000
FULL = Decimal(100)
MOST_SEASON = 1000
LARGEST = Decimal(100_000_000)
MONTHS = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleInput:
    """A rule as a form gives it. `seasons`: per cent of the threshold by month of the year; a month that is left out has it whole."""

    currency: str
    valid_from: date
    active: bool
    threshold: Decimal
    percent: Decimal
    checklists: int = 0
    seasons: Mapping[int, Decimal]


def set_rule(given: RuleInput, *, version: int, by: Employee, at: datetime) -> BonusRule:
    """What holds from a month on (EMP-09 to EMP-12). `version` is that of the row the form was made from, nought for a new one."""
    _check(given)
    month = given.valid_from.replace(day=1)
    with write_transaction():
        serialise(f"bonus:{by.business_id}")
        rule = BonusRule.objects.filter(currency=given.currency, valid_from=month).first()
        if (rule.version if rule else 0) != version:
            raise Conflict(_("Somebody else has changed the bonus meanwhile. Look at what is there now, then save again."))
        before = _words(rule) if rule else {}
        if rule is None:
            rule = BonusRule(business_id=by.business_id, currency=given.currency, valid_from=month, version=0)
        rule.active, rule.threshold, rule.percent = given.active, given.threshold, given.percent
        rule.checklists = given.checklists
        rule.version += 1
        rule.save()
        _save_seasons(rule, given.seasons)
        said = _words(rule)
        changes = {name: [before.get(name, ""), value] for name, value in said.items() if value != before.get(name, "")}
        if changes:
            record(
                "bonus.rule",
                subject=f"bonus:{given.currency}:{month:%Y-%m}",
                data={"month": f"{month:%Y-%m}", "changes": changes},
                at=at,
            )
        return rule


def pay(
    employee: Employee, month: date, currency: str, *, uuid: UUID, shown: Decimal, paid_on: date, by: Employee, at: datetime
) -> BonusPayout:
    """Mark a month paid and freeze it (EMP-13). `shown` is the bonus that whoever pays has seen. The same uuid again is the same payout."""
    if by.pk == employee.pk and by.role != Role.OWNER:
        raise NotAllowed(_("Nobody pays their own bonus."))
    with write_transaction():
        serialise(f"bonus:{employee.business_id}")
        known: BonusPayout | None = BonusPayout.objects.filter(
            uuid=uuid, employee=employee, month=month, currency=currency
        ).first()
        if known is not None:
            return known
        one = selector.of_person(employee, month, currency)
        if one.payout is not None:
            raise Conflict(_("This month is paid already."))
        if not selector.is_over(month, currency, at):
            raise DomainError(_("The month is not over yet: its figures still move."))
        if one.bonus <= 0:
            raise DomainError(_("There is nothing to pay."))
        if one.bonus != shown:
            raise Conflict(_("The figures have changed meanwhile. Look at them once more, then pay."))
        if paid_on < month or paid_on > at.date():
            raise DomainError(_("The day of payment lies after the month has begun and not in the future."), field="paid_on")
        payout = BonusPayout(
            uuid=uuid, business_id=employee.business_id, employee=employee, month=month, currency=currency, turn=one.turns + 1,
            total=one.sales, target=one.target, percent=one.percent, bonus=one.bonus, shifts=one.shifts,
            checklists_needed=one.needed, checklists_done=one.done, paid_on=paid_on, paid_by=by, made_at=at,
        )  # fmt: skip
        _insert(payout)
        record("bonus.paid", subject=f"bonus:{payout.uuid}", data=_said(payout), at=at)
        return payout


def undo(payout: BonusPayout, *, reason: str, by: Employee, at: datetime) -> None:
    """Take a payout back: the month is open again, and both stand in the log. Doing it twice changes nothing."""
    reason = " ".join(reason.split())
    if not reason:
        raise DomainError(_("Say why."), field="reason")
    if len(reason) > LONGEST_REASON:
        raise DomainError(_("At most %(most)s characters.") % {"most": LONGEST_REASON}, field="reason")
    if by.pk == payout.employee_id and by.role != Role.OWNER:
        raise NotAllowed(_("Nobody pays their own bonus."))
    with write_transaction():
        serialise(f"bonus:{payout.business_id}")
        if BonusUndo.objects.filter(payout=payout).exists():
            return
        BonusUndo(business_id=payout.business_id, payout=payout, reason=reason, undone_by=by, made_at=at).save(
            force_insert=True
        )
        record("bonus.undone", subject=f"bonus:{payout.uuid}", data={**_said(payout), "reason": reason}, at=at)


def _insert(payout: BonusPayout) -> None:
    try:
        with transaction.atomic():
            payout.save(force_insert=True)
    except IntegrityError as error:
        raise Conflict(_("This form is out of date")) from error


def _said(payout: BonusPayout) -> dict[str, Any]:
    return {
        "name": payout.employee.name, "month": f"{payout.month:%Y-%m}", "total": plain(payout.bonus), "currency": payout.currency,
        "paid_on": payout.paid_on.isoformat(),
    }  # fmt: skip


def _check(given: RuleInput) -> None:
    if not 0 <= given.threshold < LARGEST:
        raise DomainError(_("This number is too large."), field="threshold")
    if not 0 <= given.percent <= FULL:
        raise DomainError(_("Between 0 and 100 per cent."), field="percent")
    if not 0 <= given.checklists <= MOST_CHECKLISTS:
        raise DomainError(_("This number is too large."), field="checklists")
    for month, percent in given.seasons.items():
        if not 1 <= month <= MONTHS or not 0 < percent <= MOST_SEASON:
            raise DomainError(_("More than 0 and at most 1000 per cent."), field=f"season_{month}")


def _save_seasons(rule: BonusRule, seasons: Mapping[int, Decimal]) -> None:
    BonusSeason.objects.filter(rule=rule).delete()
    BonusSeason.objects.bulk_create(
        [
            BonusSeason(business_id=rule.business_id, rule=rule, month=month, percent=percent)
            for month, percent in sorted(seasons.items())
            if percent != FULL
        ]
    )


def _words(rule: BonusRule) -> dict[str, Any]:
    """The rule as the log tells it."""
    seasons = BonusSeason.objects.filter(rule=rule).order_by("month").values_list("month", "percent")
    return {
        "active": rule.active, "threshold": f"{plain(rule.threshold)} {rule.currency}", "percent": _rate(rule.percent),
        "checklists": rule.checklists, "seasons": ", ".join(f"{month}: {_rate(percent)}" for month, percent in seasons),
    }  # fmt: skip


def _rate(percent: Decimal) -> str:
    return format_rate(int(percent.scaleb(4)))
