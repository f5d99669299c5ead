"""Which pictures products show."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from inventory.models import Product
from smartpos.errors import DomainError
from smartpos.media import hooks
from smartpos.media.services import drop_picture, hold_picture


@hooks.showing.implement
def _showing(keys: Sequence[str], shown: set[str]) -> None:
    shown.update(Product.everywhere.filter(picture__in=keys).values_list("picture", flat=True))


def hold(key: str) -> None:
    """Inside a transaction: the picture that a product is to show stays."""
    if key and not hold_picture(key):
        raise DomainError(_("This picture is not there any more. Choose it again."), field="picture")


def let_go(key: str) -> None:
    """A picture that no product shows any more goes; asked behind its lock, because another product may just be taking it."""
    if key and hold_picture(key) and not Product.objects.filter(picture=key).exists():
        drop_picture(key)
