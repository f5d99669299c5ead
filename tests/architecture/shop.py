"""Two tenants and two stores at work, for the walks: everything of B says Bravissimo, of A's second store Secondissimo."""

from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

from django.test import Client

from inventory.services.categories import create_category
from inventory.services.products import create_product
from inventory.types import VariantInput
from smartpos.context import acting
from smartpos.people.models import Employee, Role, Store, Terminal
from smartpos.people.services.employees import create_employee
from smartpos.people.services.places import create_store, create_terminal
from tests.till import Till
from tests.world import PASSWORD, World, make_world

B, SECOND = "Bravissimo", "Secondissimo"


@dataclass
class Shop:
    """Business A with two stores, and business B, all of them selling."""

    a: World
    b: World
    second: Store
    second_terminal: Terminal
    manager: Employee
    clerk: Employee
    till: Till


def sell_and_refund(till: Till, sku: str = "ESP") -> str:
    """A sale of two pieces and a refund of one; answers the receipt's label."""
    [sale] = till.post(till.sale([(till.item(sku), "2")]))
    assert sale["state"] == "done", sale
    _status, found = till.send("GET", f"/pos/receipts?number={sale['result']['label']}", None)
    receipt = found["receipts"][0]
    half = str(Decimal(receipt["total"]) / 2)
    tax = str((Decimal(receipt["lines"][0]["taxes"][0]["amount"]) / 2).quantize(Decimal("0.01"), "ROUND_HALF_UP"))
    figures = {"total": half, "tax": tax, "rounding": "0.00", "payable": [half]}
    tenders = [{"method": "cash", "amount": half}]
    [refund] = till.post(till.refund(receipt, {receipt["lines"][0]["id"]: "1"}, tenders=tenders, figures=figures))
    assert refund["state"] == "done", refund
    return str(receipt["label"])


def staff(world: World, name: str, role: str, *, pin: str, store: Store, email: str = "") -> Employee:
    """Hire somebody; with an address they may sign in."""
    at = datetime.now(UTC)
    with acting(business_id=world.business.pk, actor_id=world.owner.pk):
        return create_employee(
            by=world.owner,
            name=name,
            role=role,
            email=email,
            password=PASSWORD if email else "",
            pin=pin,
            stores=[store],
            at=at,
        )


def at_work(world: World, terminal: Terminal, pin: str) -> Till:
    """A till with an open shift, a sale, a refund and something for review."""
    till = world.till(Client(), terminal=terminal, pin=pin)
    till.open_shift()
    sell_and_refund(till)
    parked: dict[str, Any] = till.sale([(till.item("ESP"), "1")])
    parked["body"]["figures"]["total"] = "0.01"
    till.post(parked)
    skipped = till.sale([(till.item("ESP"), "1")])
    till.post(till.sale([(till.item("ESP"), "1")]))
    assert skipped["seq"]
    return till


def build() -> Shop:
    """Everything that somebody might try to reach from next door."""
    at = datetime.now(UTC)
    a, b = make_world("A"), make_world(B, currency="EUR", zone="Europe/Vienna")
    with acting(business_id=b.business.pk, actor_id=b.owner.pk):
        create_product(
            by=b.owner, name=f"{B} Spezial", category=create_category(by=b.owner, name=B, colour="red", at=at),
            tax_profile=b.standard, variants=[VariantInput(sku=f"{B}-1", barcode="4000000000012", price=Decimal(7))], at=at,
        )  # fmt: skip
    with acting(business_id=a.business.pk, actor_id=a.owner.pk):
        second = create_store(by=a.owner, name=SECOND, code="A2", currency="BAM", time_zone="Europe/Sarajevo", at=at)
        terminal = create_terminal(second, by=a.owner, name=f"{SECOND} till", at=at)
    manager = staff(a, "Mira", Role.MANAGER, pin="3333", store=a.store, email="mira@a.example")
    clerk = staff(a, "Klara", Role.CASHIER, pin="4444", store=a.store, email="klara@a.example")
    staff(a, f"{SECOND} Senad", Role.MANAGER, pin="5555", store=second, email="senad@a.example")
    at_work(b, b.terminal, "1111")
    at_work(a, terminal, "5555")
    till = at_work(a, a.terminal, "1111")
    return Shop(a, b, second, terminal, manager, clerk, till)
