"""What the demo's café asks beside a dish or a drink: nothing that must be answered."""

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal

from inventory.models import ModifierGroup
from inventory.services.modifiers import GroupInput, ModifierInput, create_group
from smartpos.people.models import Employee

# Group, the most answers (None: any number), answers with what each adds, and the goods that ask.
EXTRAS = (
    ("Mlijeko", 1, (("Bez laktoze", "0.50"), ("Zobeno", "1.00"), ("Bademovo", "1.00")), ("Cappuccino", "Latte macchiato")),
    (
        "Uz roštilj", None, (("Bez luka", "0"), ("Kajmak", "2.00"), ("Ajvar", "1.50"), ("Još jedna lepinja", "1.20")),
        ("Ćevapi", "Pljeskavica", "Sudžukice"),
    ),
)  # fmt: skip


def ask(*, by: Employee, at: datetime) -> Mapping[str, list[ModifierGroup]]:
    """Make the groups; which goods ask which of them."""
    found: dict[str, list[ModifierGroup]] = {}
    for name, most, answers, goods in EXTRAS:
        given = [ModifierInput(name=answer, price=Decimal(price)) for answer, price in answers]
        group = create_group(GroupInput(name=name, maximum=most, answers=given), by=by, at=at)
        for good in goods:
            found.setdefault(good, []).append(group)
    return found
