"""What the catalogue knows of a tax's use."""

from collections.abc import Sequence

from inventory.models import Product
from smartpos.taxes import hooks
from smartpos.taxes.models import TaxProfile


@hooks.finding_use.implement
def _finding_use(profiles: Sequence[TaxProfile], use: hooks.Use) -> None:
    """Products that carry it, archived ones too: they may come back."""
    use.goods += Product.objects.filter(tax_profile__in=profiles).count()
