"""What stock has against a store that is to be closed."""

from django.utils.translation import gettext as _

from inventory.models import StockLevel
from smartpos.people import hooks
from smartpos.people.models import Store


@hooks.closing_store.implement
def _closing_store(store: Store, reasons: list[str]) -> None:
    """Goods that lie there; what was sold without having been received is nothing that could be moved."""
    if StockLevel.objects.filter(store=store, quantity__gt=0).exists():
        reasons.append(_("There is stock in this store. Move it or write it off first."))
