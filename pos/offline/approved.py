"""What managers said yes to at the till, as the log tells it, and what of it happened with no network."""

from collections.abc import Iterable

from smartpos.audit.services import Data
from smartpos.operations.envelope import Approval, Mark
from smartpos.operations.facts import PERSON_NAME
from smartpos.operations.kinds import Case


def offline_marks(case: Case) -> list[Mark]:
    """With no network only the till itself checked the PIN: a manager should see it the next day."""
    codes = dict.fromkeys(approval.code for approval in case.approved() if approval.offline)
    return [Mark(code="approved_offline", permission=code) for code in codes]


def told(case: Case) -> Data:
    """Who approved, why, and what: requester and act stand in the entry itself."""
    given = case.approved()
    if not given:
        return {}
    names = dict.fromkeys(_name(case, approval) for approval in given)
    reasons = dict.fromkeys(approval.reason for approval in given if approval.reason)
    return {
        "approved_by": ", ".join(names), "reason": "; ".join(reasons), "amounts": _amounts(given),
        "offline": any(approval.offline for approval in given),
    }  # fmt: skip


def _name(case: Case, approval: Approval) -> str:
    fact = case.facts.at("employee", str(approval.by), case.operation.cursor)
    return str(fact.body[PERSON_NAME]) if fact and fact.body else str(approval.by)


def _amounts(given: Iterable[Approval]) -> dict[str, str]:
    """What was asked for; the same figure of two articles stands side by side."""
    amounts: dict[str, list[str]] = {}
    for approval in given:
        for name, value in approval.amounts.items():
            if value not in amounts.setdefault(name, []):
                amounts[name].append(value)
    return {name: "; ".join(values) for name, values in amounts.items()}
