"""The bonus for tests: a rule that holds, and sales of a month that is over."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

from pos.models import BonusPayout, BonusRule
from pos.services.bonus import RuleInput, set_rule
from smartpos.context import acting
from smartpos.ids import uuid7
from smartpos.people.models import Employee
from tests.world import World

THIS = datetime.now(UTC).date().replace(day=1)
BEFORE = (THIS - timedelta(days=1)).replace(day=1)


def ruled(world: World, *, currency: str = "BAM", version: int = 0, **more: Any) -> BonusRule:
    """Five per cent above 5.00, from long ago."""
    given = {
        "currency": currency, "valid_from": date(2020, 1, 1), "active": True, "threshold": Decimal(5), "percent": Decimal(5),
        "seasons": {},
    } | more  # fmt: skip
    with acting(business_id=world.business.pk, actor_id=world.owner.pk):
        return set_rule(RuleInput(**given), version=version, by=world.owner, at=datetime.now(UTC))


def paid_out(world: World, employee: Employee, currency: str = "BAM") -> BonusPayout:
    """A bonus that was paid for a month long ago."""
    payout = BonusPayout(
        uuid=uuid7(), business=world.business, employee=employee, month=date(2020, 2, 1), currency=currency, turn=1,
        total=Decimal(100), target=Decimal(5), percent=Decimal(5), bonus=Decimal("4.75"), shifts=1, checklists_needed=0,
        checklists_done=0, paid_on=date(2020, 3, 1), paid_by=world.owner, made_at=datetime.now(UTC),
    )  # fmt: skip
    payout.save(force_insert=True)
    return payout
