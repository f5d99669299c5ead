from inventory.models.bulk import BulkChange
from inventory.models.category import COLOURS, Category
from inventory.models.modifier import Modifier, ModifierGroup, ProductModifierGroup
from inventory.models.movement import Movement, MovementKind, StockLevel
from inventory.models.price import PriceChange, PriceKind
from inventory.models.product import Barcode, Product, ProductKind, StoreItem, Variant
from inventory.models.unit import Unit

__all__ = [
    "COLOURS",
    "Barcode",
    "BulkChange",
    "Category",
    "Modifier",
    "ModifierGroup",
    "Movement",
    "MovementKind",
    "PriceChange",
    "PriceKind",
    "Product",
    "ProductKind",
    "ProductModifierGroup",
    "StockLevel",
    "StoreItem",
    "Unit",
    "Variant",
]
