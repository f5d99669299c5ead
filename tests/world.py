"""The people and places of every test: business A with Ana (owner), Boris (cashier) and Ceca (waiter), and business B."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import msgspec
from django.test import Client

from inventory.models import Product, Variant
from inventory.services.categories import create_category
from inventory.services.products import create_product
from inventory.types import VariantInput
from smartpos.context import acting
from smartpos.outbox.relay import relay
from smartpos.outbox.subscriptions import project
from smartpos.people.models import Business, Device, Employee, Role, Store, Terminal
from smartpos.people.services.devices import enrol, make_enrolment_code
from smartpos.people.services.employees import create_employee
from smartpos.people.services.places import create_store, create_terminal, found_business
from smartpos.taxes.models import TaxProfile
from smartpos.taxes.services import create_rate
from tests.till import Till

AT = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
PASSWORD = "correct horse battery"


@dataclass
class World:
    """One tenant, ready to sell."""

    business: Business
    owner: Employee
    cashier: Employee
    waiter: Employee
    store: Store
    terminal: Terminal
    standard: TaxProfile
    products: dict[str, Product]

    def variant(self, sku: str) -> Variant:
        """A variant by SKU."""
        with acting(business_id=self.business.pk):
            return Variant.objects.select_related("product").get(sku=sku)

    def enrol(self, terminal: Terminal | None = None, name: str = "Test till") -> tuple[Device, str]:
        """A new device of a terminal, and its token."""
        with acting(business_id=self.business.pk, actor_id=self.owner.pk):
            code = make_enrolment_code(terminal or self.terminal, by=self.owner, at=datetime.now(UTC))
        return enrol(code, name=name, address="127.0.0.1", user_agent="pytest", at=datetime.now(UTC))

    def till(self, client: Client | None = None, *, pin: str = "1111", terminal: Terminal | None = None) -> Till:
        """An enrolled till with somebody signed in and the cache loaded, through Django's test client."""
        _device, token = self.enrol(terminal)
        return Till(by_client(client or Client(), token)).load().sign_in(pin)


def fold() -> None:
    """What the worker does after a commit: give the events their places and bring the figures up to date."""
    relay()
    project()


def by_client(client: Client, token: str) -> Callable[[str, str, Any], tuple[int, Any]]:
    """A till's transport through Django's test client."""

    def send(method: str, path: str, body: Any) -> tuple[int, Any]:
        client.cookies["smartpos_device"] = token
        data = body if isinstance(body, bytes) else b"" if body is None else msgspec.json.encode(body)
        response = client.generic(method, path, data, content_type="application/json", HTTP_X_SMARTPOS_TILL="1")
        return response.status_code, msgspec.json.decode(response.content) if response.content else None

    return send


def make_world(name: str = "A", *, currency: str = "BAM", zone: str = "Europe/Sarajevo") -> World:
    """A tenant; everything about B differs from A but the shape."""
    slug = name.lower()
    business, owner = found_business(
        name=f"Business {name}", language="en", owner_name=f"Ana {name}", owner_email=f"ana@{slug}.example",
        owner_password=PASSWORD, owner_pin="9999", at=AT,
    )  # fmt: skip
    with acting(business_id=business.pk, actor_id=owner.pk):
        store = create_store(by=owner, name=f"Store {name}", code=f"{name[:5]}1", currency=currency, time_zone=zone, at=AT)
        terminal = create_terminal(store, by=owner, name="Till 1", at=AT)
        staff = [
            create_employee(by=owner, name=f"{who} {name}", role=role, email="", password="", pin=pin, stores=[store], at=AT)
            for who, role, pin in (("Boris", Role.CASHIER, "1111"), ("Ceca", Role.WAITER, "2222"))
        ]
        standard = create_rate(by=owner, code="17", name="Standard", rate=Decimal(17), at=AT).own_profile
        drinks = create_category(by=owner, name="Drinks", colour="blue", at=AT)
        products = {
            sku: create_product(
                by=owner,
                name=title,
                category=drinks,
                tax_profile=standard,
                at=AT,
                variants=[VariantInput(sku=sku, barcode=barcode, price=Decimal(price))],
            )
            for sku, title, barcode, price in (
                ("ESP", "Espresso", "3870000000014", "2.00"),
                ("CEV", "Ćevapi veliki", "3870000000021", "9.00"),
                ("ODD", "Awkward", "", "0.99"),
            )
        }
    return World(business, owner, staff[0], staff[1], store, terminal, standard, products)
