"""What happened where somebody asked for more than they may."""

from dataclasses import dataclass

from smartpos.outbox.events import Event


@dataclass(frozen=True, kw_only=True, slots=True)
class ApprovalRefused(Event):
    """A PIN did not approve what `employee` asked for (empty: nobody known)."""

    name = "approval.refused"
    version = 1

    code: str
    employee: str
