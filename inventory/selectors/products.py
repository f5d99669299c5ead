"""Reading the catalogue."""

from inventory.folding import search_words
from inventory.models import Product


def page(text: str, *, active: bool, after: tuple[str, int] | None, size: int) -> list[Product]:
    """Products by name; every word must occur. One more than `size` tells that there is another page. Three queries."""
    found = Product.objects.filter(active=active)
    for word in search_words(text):
        found = found.filter(folded__contains=word)
    if after is not None:
        found = found.filter(folded__gte=after[0]).exclude(folded=after[0], pk__lte=after[1])
    related = found.select_related("category", "tax_profile").prefetch_related("variants")
    return list(related.order_by("folded", "pk")[: size + 1])
