"""Lists of goods: what is imported into the catalogue."""

from collections.abc import Mapping, Sequence
from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from inventory.importers.columns import COLUMNS
from inventory.importers.goods import Reader
from inventory.services.bulk import put_goods, try_goods
from inventory.types import GoodsRow
from smartpos.access.currency import money_format
from smartpos.clock import now
from smartpos.errors import DomainError
from smartpos.imports.columns import Mapped
from smartpos.imports.kinds import Importer, Words
from smartpos.imports.models import ImportRun
from smartpos.imports.rows import Outcome
from smartpos.money import PRICE_PLACES, to_decimal
from smartpos.tabular.reading import TableError
from smartpos.taxes.models import TaxProfile
from smartpos.taxes.selectors import default_profile


def check(mapping: Mapped) -> None:
    """A row must say which goods it speaks of."""
    if not {"name", "sku", "barcode"} & mapping.keys():
        raise DomainError(_("Say which column is the name, the SKU or the barcode."), field="name")


def profile_for(run: ImportRun) -> TaxProfile:
    """The tax that new products get."""
    profile = run.tax_profile or default_profile()
    if profile is None:
        raise TableError(_("New products need a tax rate. Add one under Settings first."))
    return profile


def put(rows: Sequence[GoodsRow], run: ImportRun, profile: TaxProfile) -> Outcome:
    """A portion into the catalogue."""
    return put_goods(rows, by=run.created_by, profile=profile, source=f"import:{run.uuid}", at=now())


def attempt(rows: Sequence[GoodsRow], run: ImportRun, profile: TaxProfile) -> Outcome:
    """The same without doing it."""
    return try_goods(rows, by=run.created_by, profile=profile, at=now())


def shown(goods: GoodsRow) -> Mapping[str, str]:
    """Amounts as they are understood, written as the business writes them."""
    amounts = {"price": goods.price, "cost": goods.cost}
    return {code: _written(to_decimal(amount, PRICE_PLACES)) for code, amount in amounts.items() if amount is not None}


def _written(amount: Decimal) -> str:
    places = -int(amount.normalize().as_tuple().exponent)
    return money_format().number(amount, max(2, places))


PRODUCTS = Importer(
    code="products", name="office-import", home="office-products", permission="product.manage", audit="products",
    columns=COLUMNS, check=check, reader=Reader, prepare=profile_for, put=put, attempt=attempt, shown=shown, taxed=True,
    words=Words(
        title=gettext_lazy("Import products"),
        lead=gettext_lazy(
            "Choose a list of goods. You say what its columns mean and see what would happen; nothing changes before you agree."
        ),
        matched=gettext_lazy(
            "Products are recognised by SKU, else by barcode: those that are there are changed, the others are made. "
            "Empty cells change nothing."
        ),
        running=gettext_lazy("The products are being imported"), done=gettext_lazy("The products are in the catalogue"),
        show=gettext_lazy("Show the products"), back=gettext_lazy("Products"), news=gettext_lazy("New categories:"),
    ),
)  # fmt: skip
