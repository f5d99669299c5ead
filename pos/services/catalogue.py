"""What the ledger has against a product that is to be erased."""

from django.utils.translation import gettext as _

from inventory import hooks
from inventory.models import Product
from pos.models import ReceiptLine


@hooks.deleting_product.implement
def _deleting_product(product: Product, reasons: list[str]) -> None:
    """Receipts speak of it."""
    if ReceiptLine.objects.filter(variant__product=product).exists():
        reasons.append(_("It stands on receipts."))
