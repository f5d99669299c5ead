"""The shop that the sale is measured in: many products, one till per client, and sales made before the clock starts."""

from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal
from random import Random

import msgspec
from django.db import transaction
from django.test import Client

from inventory.models import Product, Variant
from inventory.services.units import default_unit
from pos.offline.goods import item_states
from smartpos.context import acting
from smartpos.operations.services.changes import put
from smartpos.people.services.places import create_terminal
from tests.architecture.queries import statements
from tests.till import Till
from tests.world import World, by_client, make_world

LINES = 10


@dataclass(slots=True)
class Seller:
    """One till with its token and the sales it is going to send, as bytes."""

    till: Till
    token: str
    sales: list[bytes]


def shop(products: int, clients: int) -> tuple[World, list[Seller]]:
    """A business with that many products, and an open shift on each of its tills."""
    world = make_world("Bench")
    with acting(business_id=world.business.pk, actor_id=world.owner.pk):
        with transaction.atomic():
            _stock(world, products)
        terminals = [create_terminal(world.store, by=world.owner, name=f"T{n}", at=datetime.now(UTC)) for n in range(clients)]
    sellers = []
    for terminal in terminals:
        _device, token = world.enrol(terminal)
        till = Till(by_client(Client(), token)).load().sign_in("1111")
        till.open_shift()
        sellers.append(Seller(till, token, []))
    return world, sellers


def _stock(world: World, count: int) -> None:
    at, unit = datetime.now(UTC), default_unit()
    made = Product.objects.bulk_create(
        Product(
            business_id=world.business.pk,
            name=f"Product {n}",
            folded=f"product {n}",
            tax_profile=world.standard,
            created_at=at,
            unit=unit,
            price=Decimal(n % 9000 + 100) / 100,
        )
        for n in range(count)
    )
    variants = Variant.objects.bulk_create(
        Variant(business_id=world.business.pk, product=product, sku=f"B{n}") for n, product in enumerate(made)
    )
    put(item_states(variants))


def prepare(sellers: list[Seller], each: int, *, seed: int = 7) -> None:
    """Make every seller's sales: ten lines of ten products, exact cash."""
    rnd = Random(seed)  # noqa: S311 - a reproducible load, not a secret
    keys = sorted(sellers[0].till.rows("item"))
    for seller in sellers:
        seller.till.load()
        for _ in range(each):
            goods = [(key, str(rnd.randint(1, 3))) for key in rnd.sample(keys, LINES)]
            seller.sales.append(msgspec.json.encode({"operations": [seller.till.sale(goods)]}))


def statements_of_a_sale(seller: Seller) -> int:
    """What the database is asked for a sale of ten lines, once the process knows the catalogue."""
    keys = sorted(seller.till.load().rows("item"))
    sales = [seller.till.sale([(key, "1") for key in keys[:LINES]]) for _ in range(2)]
    seller.till.post(sales[0])
    return len(statements(lambda: seller.till.post(sales[1])))


def http_request(seller: Seller, body: bytes, host: str) -> bytes:
    """A whole HTTP request as the till's browser would send it."""
    head = (
        f"POST /pos/operations HTTP/1.1\r\nHost: {host}\r\nContent-Type: application/json\r\nX-SmartPOS-Till: 1\r\n"
        f"Cookie: smartpos_device={seller.token}\r\nContent-Length: {len(body)}\r\n\r\n"
    )
    return head.encode() + body
