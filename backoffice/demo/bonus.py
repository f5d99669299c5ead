"""The demo's bonus: a share of what somebody sells above a threshold, more of it to sell in December."""

from datetime import datetime
from decimal import Decimal

from pos.services.bonus import RuleInput, set_rule
from smartpos.people.models import Employee

DECEMBER, JANUARY = 12, 1


def reward(*, by: Employee, at: datetime) -> None:
    """From a year ago on."""
    given = RuleInput(
        currency="BAM", valid_from=at.date().replace(year=at.year - 1, day=1), active=True, threshold=Decimal(2000),
        percent=Decimal(3), seasons={DECEMBER: Decimal(120), JANUARY: Decimal(80)},
    )  # fmt: skip
    set_rule(given, version=0, by=by, at=at)
