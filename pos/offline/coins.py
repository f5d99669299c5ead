"""What acts about cash have in common: reading an amount, and which right is missing."""

from decimal import Decimal

from smartpos.errors import DomainError
from smartpos.money import Currency, to_decimal
from smartpos.operations.envelope import Mark
from smartpos.operations.kinds import Case

AMOUNT_PLACES = 4


def amount_of(case: Case, text: str) -> Decimal | None:
    """An amount of the store's currency, not negative; None where it is none."""
    try:
        return to_decimal(Currency.of(case.device.store.currency).parse(text), AMOUNT_PLACES)
    except DomainError:
        return None


def lacking(case: Case, code: str) -> list[Mark]:
    """The mark of an act whose right the actor does not have."""
    return [] if case.may(code) else [Mark(code="permission_missing", permission=code)]
