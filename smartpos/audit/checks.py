"""What must always be true of the books. Apps declare their checks; `manage.py verify_ledger` runs them all."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from smartpos.audit.verify import faults


@dataclass(frozen=True, slots=True)
class Finding:
    """A sentence about the books. A fault is what cannot be; everything else is only worth telling."""

    text: str
    fault: bool = True


Check = Callable[[], Iterator[Finding]]


def _chains() -> Iterator[Finding]:
    return (Finding(text) for text in faults())


_checks: dict[str, Check] = {"audit chains are whole": _chains}


def declare_check(rule: str, check: Check) -> None:
    """Make a check known by the rule that it holds; twice the same rule is an error."""
    if rule in _checks:
        raise LookupError(f"the check {rule!r} is declared twice")
    _checks[rule] = check


def known_checks() -> list[tuple[str, Check]]:
    """All checks, in the order of declaration: lowest room first."""
    return list(_checks.items())
