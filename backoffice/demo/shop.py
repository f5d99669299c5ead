"""Building the demo: a business with a shop and a café-restaurant, its people, goods, pictures, stock and past."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from django.db.models import Sum

from backoffice.demo import customs
from backoffice.demo.bonus import reward
from backoffice.demo.checklists import list_tasks
from backoffice.demo.extras import ask
from backoffice.demo.goods import REDUCED, SHOP, STANDARD, ZERO, Good, Shelf, barcode, goods_of
from backoffice.demo.guests import invite
from backoffice.demo.history import Seller
from backoffice.demo.menu import CAFE
from backoffice.demo.people import CAFE_CODE, COMMISSION, PEOPLE, SHOP_CODE
from backoffice.demo.pictures import picture
from backoffice.demo.promotions import promote
from backoffice.demo.stock import Shelves
from backoffice.services.targets import set_targets
from inventory.models import Category, ModifierGroup, Product, Unit
from inventory.services.categories import create_category
from inventory.services.products import create_product
from inventory.types import ProductDetails, StoreInput, VariantInput
from pos.models import Receipt
from smartpos.context import acting
from smartpos.db.locks import write_transaction
from smartpos.media.images import make
from smartpos.media.services import put_picture
from smartpos.people.models import Employee, Store, Terminal
from smartpos.people.services.devices import enrol, make_enrolment_code, revoke
from smartpos.people.services.employees import create_employee
from smartpos.people.services.places import create_store, create_terminal, found_business
from smartpos.taxes.models import TaxKind, TaxProfile
from smartpos.taxes.services import create_rate

PARENTS = {"Napici": "blue", "Hrana": "red"}


@dataclass
class Demo:
    """The demo while it is built; `signs` are the sign-ins made for it."""

    at: datetime
    days: int
    signs: list[dict[str, str]] = field(default_factory=list)
    stores: dict[str, Store] = field(default_factory=dict)
    terminals: dict[str, Terminal] = field(default_factory=dict)
    people: dict[str, list[Employee]] = field(default_factory=dict)
    pictures: dict[bytes, str] = field(default_factory=dict)
    extras: Mapping[str, list[ModifierGroup]] = field(default_factory=dict)
    count: int = 0

    def build(self) -> None:
        """Everything, in the order in which a real business comes to be."""
        name, role, mail, _stores = PEOPLE[0]
        sign = self.sign(name, role, mail, "")
        business, self.owner = found_business(
            name="Sebilj d.o.o.", language="bs", owner_name=name, owner_email=sign["email"], owner_password=sign["password"],
            owner_pin=sign["pin"], country="BA", at=self.at,
        )  # fmt: skip
        with acting(business_id=business.pk, actor_id=self.owner.pk):
            self.places()
            self.staff()
            with write_transaction():
                self.goods()
                promote(self.stores[SHOP_CODE], self.stores[CAFE_CODE], by=self.owner, at=self.at)
                list_tasks(self.stores[SHOP_CODE], self.stores[CAFE_CODE], by=self.owner, at=self.at)
                reward(by=self.owner, at=self.at)
                invite(by=self.owner, at=self.at)
            self.past()

    def sign(self, name: str, role: str, mail: str, place: str) -> dict[str, str]:
        """Credentials made here and now: a password nobody else's demo has, a PIN of its own."""
        pins = {sign["pin"] for sign in self.signs}
        pin = next(p for p in iter(lambda: f"{secrets.randbelow(10_000):04d}", "") if p not in pins)
        password = "-".join(secrets.token_hex(2) for _ in range(3)) if mail else ""
        email = f"{mail}@demo.example" if mail else ""
        self.signs.append({"name": name, "role": role, "email": email, "password": password, "pin": pin, "store": place})
        return self.signs[-1]

    def places(self) -> None:
        """A shop with two tills and a café-restaurant whose night belongs to the day before."""
        shared: dict[str, Any] = {
            "by": self.owner,
            "city": "Sarajevo",
            "at": self.at,
        }
        self.stores[SHOP_CODE] = create_store(
            name="Baščaršija Market", code=SHOP_CODE, address="Sarači 12", phone="+387 33 555 010", mode="retail",
            receipt_footer="Hvala i doviđenja!", **shared,
        )  # fmt: skip
        self.stores[CAFE_CODE] = create_store(
            name="Kafe-restoran Sebilj", code=CAFE_CODE, address="Bravadžiluk 3", phone="+387 33 555 020", mode="both",
            cutoff_minutes=180, receipt_footer="Prijatno i vidimo se opet!", **shared,
        )  # fmt: skip
        for code, name in ((SHOP_CODE, "Kasa 1"), (SHOP_CODE, "Kasa 2"), (CAFE_CODE, "Šank"), (CAFE_CODE, "Bašta")):
            terminal = create_terminal(self.stores[code], by=self.owner, name=name, at=self.at)
            self.terminals.setdefault(code, terminal)

    def staff(self) -> None:
        """Everybody of every role; tills are worked by those who are no managers."""
        for name, role, mail, codes in PEOPLE[1:]:
            stores = [self.stores[code] for code in codes]
            sign = self.sign(name, role, mail, ", ".join(store.name for store in stores))
            employee = create_employee(
                by=self.owner, name=name, role=role, email=sign["email"], password=sign["password"], pin=sign["pin"],
                stores=stores, commission=COMMISSION.get(role), at=self.at,
            )  # fmt: skip
            if role not in ("admin", "manager"):
                self.people.setdefault(codes[0], []).append(employee)
        self.signs[0]["store"] = ", ".join(store.name for store in self.stores.values())

    def goods(self) -> None:
        """Rates, categories and goods; what one store sells is hidden in the other."""
        taxes = self.taxes()
        self.extras = ask(by=self.owner, at=self.at)
        units = {"kg": Unit.objects.get(abbreviation="kg"), "piece": None}
        tops: dict[str, Category] = {}
        shelves = [(shelf, CAFE_CODE) for shelf in SHOP] + [(shelf, SHOP_CODE) for shelf in CAFE]
        for shelf, elsewhere in shelves:
            if shelf.parent and shelf.parent not in tops:
                tops[shelf.parent] = create_category(by=self.owner, name=shelf.parent, colour=PARENTS[shelf.parent], at=self.at)
            category = create_category(
                by=self.owner, name=shelf.name, colour=shelf.colour, parent=tops.get(shelf.parent), at=self.at
            )
            hidden = StoreInput(store=self.stores[elsewhere], hidden=True)
            for good in goods_of(shelf):
                unit = units["kg" if good.by_weight else "piece"]
                self.good(good, shelf, category=category, tax=taxes[shelf.rate], unit=unit, hidden=hidden)

    def taxes(self) -> dict[str, TaxProfile]:
        """The standard rate as the default, a reduced and a zero one beside it."""
        rates = {
            STANDARD: create_rate(by=self.owner, code="E", name="PDV 17 %", rate=Decimal(17), default=True, at=self.at),
            REDUCED: create_rate(
                by=self.owner, code="R", name="Snižena 9 %", rate=Decimal(9), kind=TaxKind.REDUCED, at=self.at
            ),
            ZERO: create_rate(by=self.owner, code="K", name="Nulta stopa", rate=Decimal(0), kind=TaxKind.ZERO, at=self.at),
        }
        return {name: rate.own_profile for name, rate in rates.items()}

    def good(
        self, good: Good, shelf: Shelf, *, category: Category, tax: TaxProfile, unit: Unit | None, hidden: StoreInput
    ) -> Product:
        """A product with its variants: sizes where the line names them."""
        sizes = good.sizes or (("", None),)
        variants = []
        for name, price in sizes:
            self.count += 1
            code = barcode(self.count) if shelf.stocked and not good.by_weight else ""
            variants.append(
                VariantInput(
                    name=name, sku=f"{10_000 + self.count}", barcode=code, price=price, cost=good.cost, tracked=shelf.stocked,
                    stores=(hidden,),
                )
            )  # fmt: skip
        least = Decimal(2 if good.by_weight else 4)
        details = ProductDetails(
            picture=self.picture(shelf, good), min_stock=least if shelf.stocked else None,
            max_stock=least * 12 if shelf.stocked else None,
        )  # fmt: skip
        return create_product(
            by=self.owner, name=good.name, category=category, tax_profile=tax, variants=variants, price=good.price, unit=unit,
            details=details, groups=self.extras.get(good.name, ()), at=self.at,
        )  # fmt: skip

    def picture(self, shelf: Shelf, good: Good) -> str:
        """The key of a good's picture; goods that look alike share one."""
        data = picture(shelf.picture, shelf.colour, good.name)
        if data not in self.pictures:
            self.pictures[data] = put_picture(make(data), at=self.at).key
        return self.pictures[data]

    def past(self) -> None:
        """So many days at each store, one transaction a day and store; the tills that made them are gone, so that theirs are free.

        A day is over everywhere before the next begins: whoever buys in both stores has books in the order of their days.
        """
        ran = [self._till_of_the_past(code) for code in self.stores]
        for days in range(self.days, -1, -1):
            for seller, shelves in ran:
                store = seller.device.store
                day = self.at.astimezone(store.zone).date() - timedelta(days=days)
                with write_transaction():
                    shelves.fill(day, until=self.at)
                    seller.day(day, until=self.at)
        for seller, _shelves in ran:
            store = seller.device.store
            revoke(seller.device, at=self.at)
            today = self.at.astimezone(store.zone).date()
            set_targets(store, customs.targets(today, takings_of(store), days=self.days + 1), by=self.owner, at=self.at)

    def _till_of_the_past(self, code: str) -> tuple[Seller, Shelves]:
        """Who sells at a store, and who fills its shelves."""
        secret = make_enrolment_code(self.terminals[code], by=self.owner, at=self.at)
        device, _token = enrol(secret, name="Demo", address="127.0.0.1", user_agent="", at=self.at)
        habits = customs.SHOP if code == SHOP_CODE else customs.CAFE
        seller = Seller(device, [person.uuid for person in self.people[code]], habits=habits, cafe=code == CAFE_CODE)
        return seller, Shelves(self.stores[code], seed=code)


def takings_of(store: Store) -> Decimal:
    """What the demo has sold there."""
    return Receipt.objects.filter(store=store).aggregate(sum=Sum("total"))["sum"] or Decimal(0)
