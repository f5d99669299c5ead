"""What higher rooms do when tax profiles change, and what they know of their use. In the same transaction."""

from collections.abc import Sequence
from dataclasses import dataclass

from smartpos.registry import Hook
from smartpos.taxes.models import TaxProfile

profiles_changed: Hook[[Sequence[TaxProfile]]] = Hook("taxes.profiles_changed")
# Just before they are deleted: nothing carries them and nothing was sold with them.
profiles_gone: Hook[[Sequence[TaxProfile]]] = Hook("taxes.profiles_gone")


@dataclass(slots=True)
class Use:
    """Who needs a profile: goods that carry it, receipts that copied it."""

    goods: int = 0
    sold: bool = False


# An implementation adds what it knows to the second argument.
finding_use: Hook[[Sequence[TaxProfile], Use]] = Hook("taxes.finding_use")
