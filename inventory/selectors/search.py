"""Asking the index of words for products."""

from collections.abc import Sequence

from django.db import connection, connections

from inventory.models import Product
from inventory.search_index import is_up
from smartpos.context import current

# Up to so many hits are fetched as keys. A search with more has its first page in the first rows of the list's own order.
FEW = 400
# An index of trigrams knows no shorter words.
SHORTEST = 3
_FOUND = """
SELECT product.id FROM inventory_product_words words JOIN inventory_product product ON product.id = words.rowid
WHERE inventory_product_words MATCH %s AND product.business_id = %s LIMIT %s
"""


def few_with(words: Sequence[str]) -> list[int] | None:
    """The keys of the current business's products with all these words; None where they are many or the index cannot say."""
    long = [word for word in words if len(word) >= SHORTEST]
    business = current().business_id
    if not long or business is None or not is_up(connections[connection.alias]):
        return None
    if connection.vendor == "postgresql":
        found = _like(words)
    elif len(long) == len(words):
        found = _match(words, business)
    else:
        return None
    return found if len(found) <= FEW else None


def _like(words: Sequence[str]) -> list[int]:
    """LIKE, which the index of trigrams serves; without an order, so that the planner has no reason to walk another one."""
    found = Product.objects.order_by()
    for word in words:
        found = found.filter(folded__contains=word)
    return list(found.values_list("pk", flat=True)[: FEW + 1])


def _match(words: Sequence[str], business: int) -> list[int]:
    phrase = " ".join('"' + word.replace('"', '""') + '"' for word in words)
    with connection.cursor() as cursor:
        cursor.execute(_FOUND, [phrase, business, FEW + 1])
        return [key for (key,) in cursor.fetchall()]
