"""A believable shop in an empty database, so that somebody can sell within a minute of the clone."""

import json
import secrets
from datetime import datetime, timedelta
from decimal import Decimal
from random import Random
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from backoffice.demo.goods import BY_WEIGHT, GOODS, PEOPLE, barcode
from backoffice.demo.history import SEED, Seller
from inventory.services.categories import create_category
from inventory.services.products import create_product
from inventory.types import VariantInput
from smartpos.clock import now
from smartpos.context import acting
from smartpos.db.locks import write_transaction
from smartpos.people.models import Business, Employee, Store, Terminal
from smartpos.people.services.devices import enrol, make_enrolment_code, revoke
from smartpos.people.services.employees import create_employee
from smartpos.people.services.places import create_store, create_terminal, found_business
from smartpos.taxes.services import create_profile, create_rate

DAYS = 5
SALES_A_DAY = 25


class Command(BaseCommand):
    """Only on an empty database; a second call does nothing."""

    help = "Create the demo business, its people, goods and some days of sales"

    def handle(self, *args: Any, **options: Any) -> None:
        if Business.objects.exists():
            return
        at = now()
        signs: list[dict[str, str]] = []
        business, owner = self.people_first(signs, at)
        with acting(business_id=business.pk, actor_id=owner.pk):
            store, terminals = self.places(owner, at)
            self.staff(owner, store, signs, at)
            self.goods(owner, at)
            self.history(terminals[0], owner, at)
        path = settings.DATA_DIR / "demo-sign-ins.json"
        path.touch(mode=0o600)
        path.write_text(json.dumps({"people": signs}, ensure_ascii=False, indent=2), encoding="utf-8")
        self.stdout.write("The demo shop is ready.")

    def people_first(self, signs: list[dict[str, str]], at: datetime) -> tuple[Business, Employee]:
        """The business and its owner."""
        name, role, mail = PEOPLE[0]
        sign = credentials(name, role, mail, taken=signs)
        return found_business(
            name="Baščaršija Market & Kafe", language="bs", owner_name=name, owner_email=sign["email"],
            owner_password=sign["password"], owner_pin=sign["pin"], at=at,
        )  # fmt: skip

    def places(self, owner: Employee, at: datetime) -> tuple[Store, list[Terminal]]:
        """One store with two terminals."""
        store = create_store(
            by=owner, name="Baščaršija", code="BAS", currency="BAM", time_zone="Europe/Sarajevo",
            address="Sarači 12, 71000 Sarajevo", receipt_footer="Hvala i doviđenja!", at=at,
        )  # fmt: skip
        return store, [create_terminal(store, by=owner, name=name, at=at) for name in ("Kasa 1", "Kasa 2")]

    def staff(self, owner: Employee, store: Store, signs: list[dict[str, str]], at: datetime) -> None:
        """Everybody else."""
        for name, role, mail in PEOPLE[1:]:
            sign = credentials(name, role, mail, taken=signs)
            create_employee(
                by=owner, name=name, role=role, email=sign["email"], password=sign["password"], pin=sign["pin"], stores=[store],
                at=at,
            )  # fmt: skip

    def goods(self, owner: Employee, at: datetime) -> None:
        """Categories and products, all at the standard rate."""
        rate = create_rate(by=owner, code="E", name="PDV 17 %", rate=Decimal(17), at=at)
        standard = create_profile(by=owner, name="PDV 17 %", rates=[rate], at=at)
        number = 0
        for position, ((name, colour), products) in enumerate(GOODS.items()):
            category = create_category(by=owner, name=name, colour=colour, position=position, at=at)
            for title, cost in products:
                number += 1
                variant = VariantInput(
                    sku=f"{10_000 + number}",
                    barcode=barcode(number),
                    price=Decimal(cost),
                    unit="kg" if title in BY_WEIGHT else "piece",
                )
                create_product(by=owner, name=title, category=category, tax_profile=standard, variants=[variant], at=at)

    def history(self, terminal: Terminal, owner: Employee, at: datetime) -> None:
        """Some days of sales by a device that is revoked afterwards, so that the terminal is free."""
        code = make_enrolment_code(terminal, by=owner, at=at)
        device, _token = enrol(code, name="Demo", address="127.0.0.1", user_agent="", at=at)
        seller, rnd = Seller(device, owner), Random(SEED)  # noqa: S311 - the same sales every time
        opening = at.astimezone(device.store.zone).replace(hour=8, minute=0, second=0, microsecond=0)
        for day in range(DAYS, 0, -1):
            with write_transaction():
                seller.day(opening - timedelta(days=day), SALES_A_DAY, rnd)
        revoke(device, at=now())


def credentials(name: str, role: str, mail: str, *, taken: list[dict[str, str]]) -> dict[str, str]:
    """Sign-ins made here and now: a password nobody else's demo has, a PIN of its own."""
    pins = {sign["pin"] for sign in taken}
    pin = next(p for p in iter(lambda: f"{secrets.randbelow(10_000):04d}", "") if p not in pins)
    password = "-".join(secrets.token_hex(2) for _ in range(3)) if mail else ""
    sign = {
        "name": name, "role": role, "email": f"{mail}@demo.example" if mail else "", "password": password, "pin": pin,
        "store": "Baščaršija",
    }  # fmt: skip
    taken.append(sign)
    return sign
