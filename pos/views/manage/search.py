"""Receipts, customers and promotions in the search of the Backoffice."""

from django.urls import reverse

from pos.models import Receipt
from pos.selectors.customers import customers as living
from pos.selectors.customers import with_words
from pos.selectors.promotions import promotions as planned
from pos.selectors.promotions import with_words as named
from pos.views.receipts import LABEL
from smartpos.web.pages import OfficeRequest
from smartpos.web.search import MOST, Hit
from smartpos.web.templatetags.smartpos import amount


def receipts(request: OfficeRequest, text: str) -> list[Hit]:
    """Receipts by number, with the series or without; the newest first."""
    match = LABEL.fullmatch(text.upper())
    number = match[2] if match else text
    if not (number.isascii() and number.isdigit() and len(number) < 19):
        return []
    found = Receipt.objects.filter(store__in=request.stores, number=int(number))
    if match:
        found = found.filter(series=match[1])
    return [
        Hit(r.label, reverse("office-sale", args=[r.uuid]), f"{r.get_kind_display()} · {amount(r.total, r.currency)}")
        for r in found.order_by("-occurred_at", "-pk")[:MOST]
    ]


def customers(request: OfficeRequest, text: str) -> list[Hit]:
    """Customers by name, e-mail, telephone or card; those in use first."""
    found = with_words(living(), text).order_by("-active", "folded", "pk")[:MOST]
    return [Hit(c.name, reverse("office-customer", args=[c.uuid]), c.company or c.email or c.phone) for c in found]


def promotions(request: OfficeRequest, text: str) -> list[Hit]:
    """Promotions by name; the newest first."""
    found = named(planned(request.stores), text).order_by("-active", "-starts", "-pk")[:MOST]
    return [Hit(p.name, reverse("office-promotion", args=[p.uuid]), f"{p.starts[:10]} – {p.ends[:10]}") for p in found]
