"""The list of products."""

from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import QuerySet
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from inventory.models import Product, Variant
from inventory.selectors.categories import flat, with_below
from inventory.selectors.products import with_codes, with_words
from inventory.services import products as service
from smartpos.clock import now
from smartpos.db.flags import flagged
from smartpos.web.lists import Bulk, Choice, Column, Empty, Link, OfficeList, Search, own_page
from smartpos.web.pages import OfficeRequest
from smartpos.web.templatetags.smartpos import price


def sold(product: Product) -> list[Variant]:
    """The variants that are on the till, in their order, of a product as `catalogue` gives it."""
    return [variant for variant in product.listed if variant.active]  # type: ignore[attr-defined]


def prices(product: Product) -> str:
    """One price, or from the lowest to the highest."""
    found = sorted({variant.list_price for variant in sold(product)})
    return " – ".join(price(value, "") for value in (found[:1] + found[-1:] if len(found) > 1 else found))


def codes(product: Product) -> str:
    """Every barcode, the one on labels first."""
    return ", ".join(code.code for variant in sold(product) for code in variant.listed_codes)  # type: ignore[attr-defined]


def categories(request: OfficeRequest) -> list[tuple[str, str]]:
    """The categories in the order of the tree, each with its path."""
    return [(str(node.category.uuid), node.path) for node in flat()]


def in_category(rows: QuerySet[Any], value: str) -> QuerySet[Any]:
    """Products of a category and of everything below it."""
    keys = with_below(value)
    return rows.filter(category__in=keys) if keys else rows.none()


def in_state(rows: QuerySet[Any], value: str) -> QuerySet[Any]:
    """On the till, or archived."""
    return flagged(rows, active=value == "sold")


def archive(request: OfficeRequest, rows: list[Any]) -> str:
    """Take products off the till."""
    for product in rows:
        service.archive_product(product, by=request.employee, at=now())
    return gettext("Archived: %(count)s. You find them under «Archived».") % {"count": len(rows)}


def restore(request: OfficeRequest, rows: list[Any]) -> str:
    """Put products back."""
    for product in rows:
        service.restore_product(product, by=request.employee, at=now())
    return gettext("Back on the till: %(count)s.") % {"count": len(rows)}


IMPORT = Link(url="office-imports", label=_("Import"), icon="upload", permission="product.manage")
PRODUCTS = OfficeList(
    code="inventory.products",
    counted=True,
    title=_("Products"),
    order="name",
    address=own_page("office-product"),
    export="product.export",
    links=(
        Link(url="office-product-new", label=_("New product"), icon="plus", permission="product.manage", primary=True),
        Link(url="office-product-quick", label=_("Quick add"), icon="keyboard", permission="product.manage"),
        IMPORT,
        Link(url="office-product-export", label=_("Export"), icon="download", permission="product.export"),
    ),
    columns=(
        Column(code="name", label=_("Name"), value=lambda p: p.name, sort="folded"),
        Column(
            code="category", label=_("Category"), value=lambda p: p.category.name if p.category else None, sort="category__name"
        ),
        Column(code="sku", label=_("SKU"), value=lambda p: ", ".join(v.sku for v in sold(p) if v.sku)),
        Column(code="barcode", label=_("Barcode"), value=codes, reads=with_codes, shown=False),
        Column(code="tax", label=_("Tax"), value=lambda p: p.tax_profile.name, sort="tax_profile__name"),
        Column(code="price", label=_("Price"), value=prices, number=True),
        Column(code="created", label=_("Added"), value=lambda p: p.created_at.astimezone(ZoneInfo(p.zone)), sort="pk", shown=False),
    ),
    filters=(
        Search(label=_("Name, SKU or barcode"), where=with_words),
        Choice(code="category", label=_("Category"), options=categories, where=in_category),
        Choice(
            code="state", label=_("Show"), options=(("sold", _("On the till")), ("archived", _("Archived"))), where=in_state,
            default="sold",
        ),
    ),
    bulk=(
        Bulk(code="price", label=_("Price"), icon="badge-percent", permission="product.manage", url="office-products-many"),
        Bulk(code="category", label=_("Category"), icon="tags", permission="product.manage", url="office-products-many"),
        Bulk(code="tax", label=_("Tax"), icon="percent", permission="product.manage", url="office-products-many"),
        Bulk(code="availability", label=_("Stores"), icon="store", permission="product.manage", url="office-products-many"),
        Bulk(code="archive", label=_("Archive"), icon="package", permission="product.manage", act=archive),
        Bulk(code="restore", label=_("Put back"), icon="undo-2", permission="product.manage", act=restore),
    ),
    empty=Empty(
        picture="package", title=_("No products yet"), sentence=_("What you sell stands here, with its price and codes."),
        url="office-product-new", button=_("New product"), permission="product.manage", also=IMPORT,
    ),
)  # fmt: skip
