"""What higher rooms do when tax profiles change, in the same transaction."""

from collections.abc import Sequence

from smartpos.registry import Hook
from smartpos.taxes.models import TaxProfile

profiles_changed: Hook[[Sequence[TaxProfile]]] = Hook("taxes.profiles_changed")
