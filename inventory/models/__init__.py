from inventory.models.movement import Movement, MovementKind, StockLevel
from inventory.models.product import COLOURS, Category, Product, Variant

__all__ = ["COLOURS", "Category", "Movement", "MovementKind", "Product", "StockLevel", "Variant"]
