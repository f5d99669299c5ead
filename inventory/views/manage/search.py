"""What of the catalogue the search of the Backoffice finds."""

from django.urls import reverse

from inventory.models import Category, Product
from inventory.selectors.products import with_words
from smartpos.web.pages import OfficeRequest
from smartpos.web.search import MOST, Hit


def products(request: OfficeRequest, text: str) -> list[Hit]:
    """Products by name, code or barcode; those on the till first."""
    found = with_words(Product.objects.all(), text).select_related("category").order_by("-active", "folded", "pk")[:MOST]
    return [Hit(p.name, reverse("office-product", args=[p.uuid]), p.category.name if p.category else "") for p in found]


def categories(request: OfficeRequest, text: str) -> list[Hit]:
    """Categories by name, which open the products in them."""
    found = Category.objects.filter(name__icontains=text).order_by("name", "pk")[:MOST]
    return [Hit(c.name, f"{reverse('office-products')}?category={c.uuid}") for c in found]
