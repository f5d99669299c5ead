"""What is left until a new shop sells: shown until its first receipt."""

from dataclasses import dataclass

from inventory.models import Product
from pos.models import Receipt
from smartpos.people.models import Device


@dataclass(frozen=True, slots=True)
class FirstSteps:
    """Which of the ways to the first receipt have been gone."""

    product: bool
    till: bool

    @property
    def left(self) -> int:
        """How many are left, the sale itself included."""
        return 3 - self.product - self.till


def first_steps() -> FirstSteps | None:
    """How far the act's business is; None once it has sold."""
    if Receipt.objects.exists():
        return None
    return FirstSteps(product=Product.objects.exists(), till=Device.objects.filter(revoked_at__isnull=True).exists())
