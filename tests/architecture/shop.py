"""Two tenants and two stores at work, for the walks: everything of B says Bravissimo, of A's second store Secondissimo."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from backoffice.services.reviews import note_operation
from backoffice.services.targets import set_targets
from inventory.importers.products import PRODUCTS
from inventory.services.categories import create_category
from inventory.services.many import change_category
from inventory.services.modifiers import GroupInput, ModifierInput, create_group
from inventory.services.products import create_product, update_product
from inventory.services.units import UnitInput, create_unit
from inventory.types import StoreInput, VariantInput
from pos.importers.customers import CUSTOMERS
from pos.models import Customer
from pos.services.customers import CustomerInput, create_customer
from pos.services.loyalty import adjust_points
from smartpos.access.services.rights import set_rights
from smartpos.context import acting
from smartpos.ids import uuid7
from smartpos.imports import runs
from smartpos.mail.services import send_mail
from smartpos.media.images import Made
from smartpos.media.services import put_picture
from smartpos.notifications.models import Notification
from smartpos.notifications.services.telling import read_one
from smartpos.operations.models import Operation
from smartpos.operations.services.again import try_again
from smartpos.people.models import Employee, Role, Store, Terminal
from smartpos.people.services.employees import create_employee
from smartpos.people.services.places import create_store, create_terminal
from smartpos.scheduling.models import Schedule
from smartpos.taxes.services import create_profile, create_rate, plan_change
from smartpos.web.services import save_view
from tests.bonus import paid_out, ruled
from tests.checklists import task_of, ticked, write
from tests.links import connected, make, pay
from tests.promotions import plan
from tests.till import Till
from tests.world import PASSWORD, World, fold, make_world

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
    return give_back(till, sale["result"]["label"])


def give_back(till: Till, label: str) -> str:
    """One of the two pieces on a receipt comes back; answers the receipt's label."""
    _status, found = till.send("GET", f"/pos/receipts?number={label}", None)
    receipt = found["receipts"][0]
    half = str(Decimal(receipt["total"]) / 2)
    tax = str((Decimal(receipt["lines"][0]["taxes"][0]["amount"]) / 2).quantize(Decimal("0.01"), "ROUND_HALF_UP"))
    figures = {"total": half, "tax": tax, "rounding": "0.00", "payable": [half]}
    tenders = [{"method": "cash", "amount": half}]
    [refund] = till.post(till.refund(receipt, {receipt["lines"][0]["id"]: "1"}, tenders=tenders, figures=figures))
    assert refund["state"] == "done", refund
    return str(receipt["label"])


def ask_for_refund(till: Till, reason: str) -> None:
    """A sale of which somebody asks the office whether a piece may go back."""
    [sale] = till.post(till.sale([(till.item("ESP"), "1")]))
    receipt = till.send("GET", f"/pos/receipts?number={sale['result']['label']}", None)[1]["receipts"][0]
    lines = [{"original_line": receipt["lines"][0]["id"], "quantity": "1"}]
    body = {"original": receipt["id"], "reason": f"{reason} asks", "lines": lines, "total": receipt["total"]}
    [asked] = till.post(till.operation("refund.request", body))
    assert asked["state"] == "done", asked


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


def views(world: World, *people: Employee) -> None:
    """A saved view of each of these."""
    with acting(business_id=world.business.pk, actor_id=world.owner.pk):
        for person in people:
            save_view(by=person, code="pos.receipts", name=f"View {world.business.name}", query="kind=refund", is_default=False)


def taxes(world: World) -> None:
    """A tax group of two rates, one of which changes next year."""
    at, name = datetime.now(UTC), world.business.name
    with acting(business_id=world.business.pk, actor_id=world.owner.pk):
        city = create_rate(by=world.owner, code="C", name=f"{name} city", rate=Decimal(2), inclusive=False, priority=2, at=at)
        plan_change(city, percent=Decimal(3), valid_from=date(2099, 1, 1), today=at.date(), at=at)
        create_profile(by=world.owner, name=f"{name} group", rates=[world.standard.only, city], at=at)


def known(world: World, name: str = "") -> Customer:
    """Somebody whom the shop knows by name."""
    word = name or (B if world.business.name.endswith(B) else "Amela")
    given = CustomerInput(
        name=f"{word} buyer", email=f"{word.lower()}@buyer.example", phone="061 123 456", company=f"{word} firm"
    )
    with acting(business_id=world.business.pk, actor_id=world.owner.pk):
        customer = create_customer(given, by=world.owner, at=datetime.now(UTC))
        adjust_points(customer, 100, reason=f"{word} was patient", uuid=uuid7(), by=world.owner, at=datetime.now(UTC))
        return customer


def invoiced(till: Till, label: str, company: str) -> None:
    """An invoice of that receipt, and the receipt by mail."""
    receipt = till.send("GET", f"/pos/receipts?number={label}", None)[1]["receipts"][0]["id"]
    series, buyer = till.snapshot["device"]["series"], {"company": company, "tax_number": "42"}
    body = {"receipt": receipt, "series": series, "year": till.clock().year, "number": 1, "buyer": buyer}
    till.post(
        till.operation("invoice.issue", body), till.operation("receipt.mail", {"receipt": receipt, "to": "kupac@firm.example"})
    )


def parcels(till: Till, courier: str) -> None:
    """A courier's parcels, paid for in cash."""
    body = {"courier": {"id": str(uuid7()), "name": courier}, "packages": 2, "cod": "3.00"}
    till.post(till.operation("parcels.receive", body))


def at_work(world: World, terminal: Terminal, pin: str) -> Till:
    """A till with an open shift, a sale, a refund and something for review."""
    till = world.till(Client(), terminal=terminal, pin=pin)
    till.open_shift()
    till.close_shift("100.00")
    till.load().open_shift()
    till.post(till.operation("cash.move", {"direction": "in", "amount": "5.00", "reason": f"{world.business.name} change"}))
    parcels(till, f"{world.business.name} courier")
    invoiced(till, sell_and_refund(till), f"{world.business.name} firm")
    ask_for_refund(till, world.business.name)
    buyer = till.rows("customer")
    till.post(till.sale([(till.item("ESP"), "1")], buyer=next(iter(buyer), "")))
    held = {"id": str(uuid7()), "item": till.item("ESP"), "name": "Espresso", "price": "2", "quantity": "1"}
    body = {"order": str(uuid7()), "version": 1, "contents": {"lines": [held]}, "total": "2.00", "pieces": 1}
    till.post(till.operation("order.put", {**body, "note": f"{world.business.name} waits"}))
    parked: dict[str, Any] = till.sale([(till.item("ESP"), "1")])
    parked["body"]["figures"]["total"] = "0.01"
    till.post(parked)
    skipped = till.sale([(till.item("ESP"), "1")])
    till.post(till.sale([(till.item("ESP"), "1")]))
    assert skipped["seq"]
    till.send("POST", "/pos/z", {"id": str(uuid7()), "actor": str(world.owner.uuid)})
    checklist = write(world, "Lock the doors!", name=f"{terminal.store.name} checklist", stores=[terminal.store])
    ticked(till, task_of(checklist, "Lock the doors"))
    return till


def online(till: Till, world: World, store: Store) -> None:
    """A gateway of the store, a link that waits, and one that was paid twice."""
    gateway = connected(world, store=store, name=f"{world.business.name} {store.name} gateway")
    goods = [(till.item("ESP"), "1")]
    make(till, gateway, goods, to=f"{store.name.split()[0].lower()}@payer.example")
    pay(make(till, gateway, goods), "twice")


def catalogue_of(world: World, store: Store) -> None:
    """A unit, a group of modifiers, a picture (all of the whole business), and what this store does differently."""
    at, word = datetime.now(UTC), B if world.business.name.endswith(B) else "A"
    create_unit(UnitInput(name=f"{word} carton", abbreviation=word[:6]), by=world.owner, at=at)
    answers = [ModifierInput(name=f"{word} sauce", price=Decimal("0.5"))]
    group = create_group(GroupInput(name=f"{word} extras", answers=answers), by=world.owner, at=at)
    put_picture(Made(1, 1, {"small": b"", "large": b""}), at=at)
    product = world.products["CEV"]
    variant = world.variant("CEV")
    own = StoreInput(store=store, price=Decimal("8.5"))
    update_product(
        product, by=world.owner, name=product.name, category=product.category, tax_profile=product.tax_profile, at=at,
        price=product.price, groups=[group],
        variants=[VariantInput(uuid=variant.uuid, sku="CEV", barcode="3870000000021", stores=(own,))],
    )  # fmt: skip


def noted(world: World) -> None:
    """A word on what could not be booked."""
    with acting(business_id=world.business.pk, actor_id=world.owner.pk):
        parked = Operation.objects.filter(state="review").first()
        said = f"{world.business.name} asked the guest"
        note_operation(parked, uuid=uuid7(), note=said, done=False, by=world.owner, at=datetime.now(UTC))


def booked_later(world: World, till: Till) -> dict[str, Any]:
    """A sale that arrived before its shift was open, and was booked when it was tried again."""
    till.close_shift("100.00")
    shift = str(uuid7())
    sale = till.sale([(till.item("ESP"), "1")])
    sale["shift"] = shift
    [answer] = till.post(sale)
    assert (answer["state"], answer["marks"][0]["code"]) == ("review", "shift_unknown")
    till.post(till.operation("shift.open", {"shift": shift, "opening_float": "50.00"}))
    till.shift = shift
    with acting(business_id=world.business.pk, actor_id=world.owner.pk):
        assert try_again(Operation.objects.get(uuid=sale["id"]), by=world.owner, at=datetime.now(UTC)) is None
    return sale


def machinery(world: World, store: Store, to: str, *, job: str = "") -> None:
    """A mail that is on its way, and a job of the store: one that its name gives away, or one that there is."""
    with acting(business_id=world.business.pk, store_id=store.pk):
        send_mail(type="test", to=f"{to.lower()}@shop.example", context={"name": to})
        Schedule.objects.create(
            key=f"{to}:{store.pk}", code=job or to, business_id=world.business.pk, store_id=store.pk, zone=store.time_zone,
            next_run_at=datetime.now(UTC),
        )  # fmt: skip


def many_of(world: World) -> None:
    """An act on many products that can be taken back; it changes nothing that anybody looks at."""
    with acting(business_id=world.business.pk, actor_id=world.owner.pk):
        product = world.variant("ODD").product
        change_category([product], product.category, by=world.owner, at=datetime.now(UTC))


def import_of(world: World) -> None:
    """A list of goods that was checked, with a row that cannot stand."""
    name = B if world.business.name.endswith(B) else "A"
    file = SimpleUploadedFile(f"{name}.csv", f"name,price,sku\n{name} tea,1,{name}-T\n{name} nothing,x,{name}-N\n".encode())
    at = datetime.now(UTC)
    people = SimpleUploadedFile(f"{name}-people.csv", f"name,email\n{name} Guest,guest@{name}.example\n{name} Bad,x\n".encode())
    for importer, given, mapping in (
        (PRODUCTS, file, {"name": 0, "price": 1, "sku": 2}),
        (CUSTOMERS, people, {"name": 0, "email": 1}),
    ):
        run = runs.receive(importer, given, by=world.owner, at=at)
        written = {"encoding": run.encoding, "delimiter": run.delimiter, "mark": run.mark}
        run = runs.check(run, mapping=mapping, **written, tax_profile=world.standard, by=world.owner, at=at)
        runs.stint(run, seconds=60)


def targets(world: World, store: Store, amount: str) -> None:
    """What a store means to take next month, and whoever manages one sees what owners see."""
    at = datetime.now(UTC)
    with acting(business_id=world.business.pk, actor_id=world.owner.pk):
        set_rights(
            {
                (Role.MANAGER, code): True
                for code in ("executive.view", "executive.target", "integrations.manage", "bonus.manage", "bonus.pay")
            },
            by=world.owner,
            at=at,
        )
        set_targets(store, {date(2027, 1, 1): Decimal(amount)}, by=world.owner, at=at)


def build() -> Shop:
    """Everything that somebody might try to reach from next door."""
    at = datetime.now(UTC)
    a, b = make_world("A"), make_world(B, currency="EUR", zone="Europe/Vienna")
    with acting(business_id=b.business.pk, actor_id=b.owner.pk):
        create_product(
            by=b.owner, name=f"{B} Spezial", category=create_category(by=b.owner, name=B, colour="red", at=at),
            tax_profile=b.standard, variants=[VariantInput(sku=f"{B}-1", barcode="4000000000012", price=Decimal(7))], at=at,
        )  # fmt: skip
        catalogue_of(b, b.store)
        import_of(b)
    with acting(business_id=a.business.pk, actor_id=a.owner.pk):
        second = create_store(by=a.owner, name=SECOND, code="A2", currency="BAM", time_zone="Europe/Sarajevo", at=at)
        catalogue_of(a, second)
        terminal = create_terminal(second, by=a.owner, name=f"{SECOND} till", at=at)
        import_of(a)
    manager = staff(a, "Mira", Role.MANAGER, pin="3333", store=a.store, email="mira@a.example")
    clerk = staff(a, "Klara", Role.CASHIER, pin="4444", store=a.store, email="klara@a.example")
    staff(a, f"{SECOND} Senad", Role.MANAGER, pin="5555", store=second, email="senad@a.example")
    views(a, a.owner, manager)
    views(b, b.owner)
    for world, currency in ((a, "BAM"), (b, "EUR")):
        ruled(world, currency=currency)
        taxes(world)
        many_of(world)
        known(world)
    for world, store, word in ((a, a.store, "A"), (a, second, SECOND), (b, b.store, B)):
        plan(world, "10", "ODD", name=f"{word} promotion", stores=[store])
    online(at_work(b, b.terminal, "1111"), b, b.store)
    online(at_work(a, terminal, "5555"), a, second)
    till = at_work(a, a.terminal, "1111")
    online(till, a, a.store)
    noted(a)
    noted(b)
    machinery(a, a.store, "mira", job="mail.forget")
    machinery(b, b.store, B)
    machinery(a, second, SECOND)
    for world, store, amount in ((a, a.store, "1000"), (a, second, "2000"), (b, b.store, "3000")):
        targets(world, store, amount)
    fold()
    for world in (a, b):
        with acting(business_id=world.business.pk):
            read_one(Notification.objects.order_by("-seq")[0], by=world.owner)
    for world, person, currency in ((a, clerk, "BAM"), (b, b.cashier, "EUR")):
        paid_out(world, person, currency)
    return Shop(a, b, second, terminal, manager, clerk, till)
