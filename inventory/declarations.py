"""What the catalogue tells the kernel."""

from decimal import Decimal

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from inventory.importers.products import PRODUCTS
from inventory.labels import PATTERNS, SHIPPED_PATTERNS, Patterns
from inventory.selectors import checks
from inventory.services import pictures, places, taxes, units
from inventory.services.thresholds import HIGH, LEAD_DAYS, LOW, check_inventory
from inventory.views.manage import search
from smartpos.access.kinds import Number, Whole
from smartpos.access.modules import Module, declare_module
from smartpos.access.permissions import OFFICE_ROLES, Permission, declare
from smartpos.access.settings import STORE, Section, Setting, Tab, declare_settings, declare_tab
from smartpos.audit.actions import Action, declare_actions, declare_link, declare_words
from smartpos.audit.checks import declare_check
from smartpos.imports.kinds import declare_importer
from smartpos.web.navigation import Entry, declare_entries
from smartpos.web.search import Source, declare_search

declare(
    Permission("product.view", _("See products"), OFFICE_ROLES),
    Permission("product.manage", _("Manage products and categories"), OFFICE_ROLES),
    Permission("product.export", _("Take the catalogue away as a file"), OFFICE_ROLES),
)

declare_module(Module("products", _("Products"), groups=("product",)))

declare_entries(
    Entry("office-products", _("Products"), "package", "product.view", 110),
    Entry("office-categories", _("Categories"), "tags", "product.view", 120),
    Entry("office-modifiers", _("Modifiers"), "sliders-horizontal", "product.view", 130),
)

declare_tab(
    Tab(
        "units", _("Units"), "tag", 210, url="office-units", permission="product.manage",
        words=_("piece kilogram litre metre carton decimals measure"),
    ),
    Tab(
        "inventory", _("Inventory Defaults"), "package", 220,
        (
            Section("stock", _("Thresholds"), _("What holds for products that say nothing themselves. Nought: no limit.")),
            Section("supply", _("Supply"), _("What will run out before new goods can be there is among the critical stock.")),
            Section(
                "labels", _("Labels from the scale"),
                _(
                    "How barcodes beginning with 2 are read, one pattern a line. Digits stand for themselves, C for the item's code "
                    "(its SKU or barcode), W for the weight in thousandths, P for the price, V for a place that is passed over, "
                    "K for the last digit."
                ),
            ),
        ),
        words=_("minimum maximum stock low lead time days delivery barcode scale weight label pattern"), check=check_inventory,
    ),
)  # fmt: skip
declare_settings(
    Setting(LOW, Number(places=3), Decimal(0), _("Minimum stock"), tab="inventory", section="stock"),
    Setting(HIGH, Number(places=3), Decimal(0), _("Maximum stock"), tab="inventory", section="stock"),
    Setting(
        LEAD_DAYS, Whole(least=1, most=365, unit=_("days")), 7, _("Days until goods arrive"), tab="inventory", section="supply",
        levels=STORE, help=_("From ordering to the shelf."),
    ),
    Setting(
        PATTERNS, Patterns(longest=400, lines=20), SHIPPED_PATTERNS, _("Patterns"), tab="inventory", section="labels", till=True,
        help=_("28CCCCCWWWWWK: five digits of item code, five of weight. 29CCCCCPPPPPK: the same with a price."),
    ),
)  # fmt: skip

declare_search(
    Source(code="product", label=_("Products"), icon="package", permission="product.view", find=search.products),
    Source(code="category", label=_("Categories"), icon="tags", permission="product.view", find=search.categories),
)

# Importing these fills the hooks of places, taxes and pictures; a new business gets its units.
FILLED = (pictures, places, taxes, units)
declare_check("stock levels are the sums of their movements", checks.levels)

declare_words(
    groups={
        "product": _("Products"), "products": _("Imports"), "modifiers": _("Modifiers"), "category": _("Categories"),
        "unit": _("Units"),
    },
    fields={
        "price": _("Price"), "cost": _("Cost"), "sku": _("SKU"), "barcode": _("Barcode"), "category": _("Category"),
        "colour": _("Colour"), "position": _("Position"), "parent": _("Above"), "tax_profile": _("Tax"),
        "tax": _("Tax"), "answers": _("Answers"), "products": _("Products"), "prices": _("Prices"), "sold": _("Sold here"),
        "stayed": _("Left as they are"),
    },
)  # fmt: skip
declare_actions(
    Action("product.created", _("Product added")),
    Action("product.changed", _("Product changed")),
    Action("product.repriced", _("Product re-priced")),
    Action("product.archived", _("Product archived")),
    Action("product.restored", _("Product taken back")),
    Action("product.shown", _("Product shown in a store")),
    Action("product.hidden", _("Product hidden in a store")),
    Action("product.deleted", _("Product deleted")),
    Action("product.bulk", _("Many products changed")),
    Action("product.bulk_undone", _("A change of many products taken back")),
    Action("products.imported", _("Products imported")),
    Action("products.import_started", _("Import of products started")),
    Action("products.import_finished", _("Import of products finished")),
    Action("products.import_cancelled", _("Import of products cancelled")),
    Action("products.exported", _("Products exported")),
    Action("modifiers.created", _("Modifier group added")),
    Action("modifiers.changed", _("Modifier group changed")),
    Action("modifiers.archived", _("Modifier group archived")),
    Action("modifiers.restored", _("Modifier group taken back")),
    Action("category.created", _("Category added")),
    Action("category.changed", _("Category changed")),
    Action("category.arranged", _("Categories arranged")),
    Action("category.deleted", _("Category deleted")),
    Action("unit.created", _("Unit added")),
    Action("unit.changed", _("Unit changed")),
    Action("unit.deleted", _("Unit deleted")),
)
declare_link("product", lambda key: reverse("office-product", args=[key]))
declare_importer(PRODUCTS)
