"""What the ledger knows of a tax's use."""

from collections.abc import Sequence

from pos.models import Receipt
from smartpos.taxes import hooks
from smartpos.taxes.models import TaxProfile


@hooks.finding_use.implement
def _finding_use(profiles: Sequence[TaxProfile], use: hooks.Use) -> None:
    """Whether any receipt copied it."""
    keys = [str(profile.uuid) for profile in profiles]
    use.sold = use.sold or Receipt.objects.filter(lines__tax_profile__in=keys).exists()
