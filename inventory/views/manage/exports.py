"""The catalogue as a file: a list of goods that can be imported again, or data for programs that print labels."""

from collections.abc import Iterator, Sequence
from decimal import Decimal

from django.http import FileResponse, HttpResponseBase, StreamingHttpResponse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from inventory.selectors.exports import Goods, category_paths, goods_after
from smartpos.access.guards import office
from smartpos.audit.services import record
from smartpos.clock import now
from smartpos.context import Act, acting, current
from smartpos.db.locks import write_transaction
from smartpos.tabular.writing import Cell, csv_blocks, workbook
from smartpos.web.pages import OfficeRequest, render
from smartpos.web.stores import shown_stores

FORMS = ("csv", "xlsx", "labels")
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@require_GET
@office("product.export")
def product_export(request: OfficeRequest) -> HttpResponseBase:
    """A choice of files; then everything that is sold, as one. Spreadsheets in Bosnian read semicolons and decimal commas."""
    form = request.GET.get("form", "")
    if form not in FORMS:
        return render(request, "inventory/export.html")
    stores = shown_stores(request)
    currency = stores[0].currency if stores else ""
    with write_transaction():
        record("products.exported", subject="products", data={"form": form}, at=now())
    rows = _rows(current(), [store.pk for store in stores], currency if form == "labels" else None)
    head = _label_head() if form == "labels" else _head()
    name = f"{'labels' if form == 'labels' else 'products'}-{now():%Y-%m-%d}"
    if form == "xlsx":
        return FileResponse(
            workbook(head, rows, title=_("Products")), as_attachment=True, filename=f"{name}.xlsx", content_type=XLSX
        )
    delimiter, mark = (";", ",") if get_language() == "bs" else (",", ".")
    response = StreamingHttpResponse(
        csv_blocks(head, rows, delimiter=delimiter, mark=mark), content_type="text/csv; charset=utf-8"
    )
    response["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    response["Cache-Control"] = "no-store"
    return response


def _head() -> list[str]:
    return [
        _("Name"), _("Variant"), _("Price"), _("SKU"), _("Barcode"), _("Category"), _("In stock"), _("Cost price"), _("Unit"),
    ]  # fmt: skip


def _label_head() -> list[str]:
    return [_("Name"), _("Price"), _("Currency"), _("Unit"), _("SKU"), _("Barcode"), _("Copies")]


def _rows(act: Act, stores: Sequence[int], currency: str | None) -> Iterator[list[Cell]]:
    """The act ends with the request; the stream takes it up again for each of its steps."""
    with acting(business_id=act.business_id, actor_id=act.actor_id):
        place, paths = 0, category_paths()
    while True:
        with acting(business_id=act.business_id, actor_id=act.actor_id):
            place, found = goods_after(place, stores, paths)
        if not found:
            return
        for goods in found:
            yield _list_row(goods) if currency is None else _label_row(goods, currency)


def _list_row(goods: Goods) -> list[Cell]:
    return [
        goods.name, goods.variant, _short(goods.price), goods.sku, goods.barcode, goods.category, _short(goods.stock),
        _short(goods.cost), goods.unit,
    ]  # fmt: skip


def _label_row(goods: Goods, currency: str) -> list[Cell]:
    name = f"{goods.name} {goods.variant}".strip()
    return [name, _short(goods.price), currency, goods.unit, goods.sku, goods.barcode, 1]


def _short(amount: Decimal | None) -> Decimal | None:
    """At least two decimals, more only where they say something."""
    if amount is None:
        return None
    short = amount.normalize()
    return short.quantize(Decimal("0.01")) if int(short.as_tuple().exponent) > -2 else short
