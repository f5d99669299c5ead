"""The lists of stores, and of what one of them sells."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from backoffice.selectors.stores import available_in
from inventory.folding import search_words
from inventory.models import Variant
from inventory.services.availability import set_available
from smartpos.clock import now
from smartpos.people.models import PosMode, Store
from smartpos.web.lists import Bulk, Choice, Column, Empty, Link, OfficeList, Search, own_page
from smartpos.web.pages import OfficeRequest
from smartpos.web.templatetags.smartpos import amount, quantity


def in_state(rows: QuerySet[Any], value: str) -> QuerySet[Any]:
    """Open, or archived."""
    return rows.filter(active=value == "open")


STORES = OfficeList(
    code="backoffice.stores",
    title=_("Stores"),
    order="name",
    address=own_page("office-store"),
    links=(Link(url="office-store-new", label=_("New store"), icon="plus", permission="store.manage", primary=True),),
    columns=(
        Column(code="name", label=_("Name"), value=lambda s: s.name, sort="name"),
        Column(code="city", label=_("City"), value=lambda s: s.city or s.address, sort="city"),
        Column(code="mode", label=_("POS mode"), value=lambda s: s.get_mode_display(), sort="mode"),
        Column(code="currency", label=_("Currency"), value=lambda s: s.currency, sort="currency"),
        Column(code="terminals", label=_("Terminals"), value=lambda s: s.terminal_count or 0, number=True),
        Column(code="people", label=_("Employees"), value=lambda s: s.people_count or 0, number=True),
        Column(code="code", label=_("Short name"), value=lambda s: s.code, sort="code", shown=False),
        Column(code="zone", label=_("Time zone"), value=lambda s: s.time_zone, sort="time_zone", shown=False),
    ),
    filters=(
        Search(label=_("Name or city"), where=lambda rows, text: rows.filter(name__icontains=text) | rows.filter(city__icontains=text)),
        Choice(code="mode", label=_("POS mode"), options=PosMode.choices, where="mode"),
        Choice(
            code="state", label=_("Show"), options=(("open", _("Open")), ("archived", _("Archived"))), where=in_state,
            default="open",
        ),
    ),
    empty=Empty(
        picture="store", title=_("No stores here"), sentence=_("Each shop with its own stock, people and tills is a store."),
        url="office-store-new", button=_("New store"), permission="store.manage",
    ),
)  # fmt: skip


def price_here(variant: Variant) -> Decimal:
    """The store's own price, else the list price."""
    own = next((item.price for item in variant.here), None)  # type: ignore[attr-defined]
    return variant.list_price if own is None else own


def lying(variant: Variant) -> Decimal | None:
    """How much lies here; nothing where it is not counted."""
    if not variant.tracked:
        return None
    return next((level.quantity for level in variant.lying), Decimal(0))  # type: ignore[attr-defined]


def is_here(variant: Variant) -> str:
    """Whether the store's tills show it."""
    hidden = any(item.hidden for item in variant.here)  # type: ignore[attr-defined]
    return gettext("Hidden here") if hidden else gettext("On the till")


def words(rows: QuerySet[Any], text: str) -> QuerySet[Any]:
    """Variants of products in whose text every word occurs."""
    for word in search_words(text):
        rows = rows.filter(product__folded__contains=word)
    return rows


def availability(store: Store, *, available: bool) -> Callable[[OfficeRequest, list[Any]], str]:
    """The bulk act that shows goods on a store's tills, or hides them there."""

    def change(request: OfficeRequest, rows: list[Any]) -> str:
        count = set_available(rows, store, available=available, by=request.employee, at=now())
        said = gettext("Back on the tills here: %(count)s.") if available else gettext("Hidden here: %(count)s.")
        return said % {"count": count}

    return change


def products_of(store: Store) -> OfficeList:
    """What one store sells, at which price, and how much of it lies there."""
    return OfficeList(
        code="backoffice.store_products",
        title=_("Products"),
        order="name",
        address=own_page("office-product", "product.uuid"),
        columns=(
            Column(code="name", label=_("Name"), value=lambda v: v.full_name, sort="product__folded"),
            Column(code="sku", label=_("SKU"), value=lambda v: v.sku, sort="sku"),
            Column(code="category", label=_("Category"), value=lambda v: v.product.category.name if v.product.category else None),
            Column(
                code="price", label=_("Price here"), value=price_here, number=True,
                show=lambda v: amount(price_here(v), store.currency),
            ),
            Column(
                code="stock", label=_("Stock here"), value=lying, number=True,
                show=lambda v: None if lying(v) is None else f"{quantity(lying(v) or Decimal(0))} {v.product.unit.abbreviation}",
            ),
            Column(code="state", label=_("State"), value=is_here),
        ),
        filters=(
            Search(label=_("Name, SKU or barcode"), where=words),
            Choice(
                code="state", label=_("Show"), options=(("here", _("On the till")), ("hidden", _("Hidden here"))),
                where=lambda rows, value: available_in(store, rows, available=value == "here"),
            ),
        ),
        bulk=(
            Bulk(code="hide", label=_("Hide here"), icon="eye-off", permission="product.manage", act=availability(store, available=False)),
            Bulk(code="show", label=_("Show here"), icon="eye", permission="product.manage", act=availability(store, available=True)),
        ),
        empty=Empty(
            picture="package", title=_("No products yet"), sentence=_("What you sell stands here, with its price and codes."),
            url="office-product-new", button=_("New product"), permission="product.manage",
        ),
    )  # fmt: skip
