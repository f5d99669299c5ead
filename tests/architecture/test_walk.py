"""The tenant and store walk: every URL, with the ids of another tenant and of another store in path and form fields."""

import ast
import inspect
import logging
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.test import Client, TestCase

from pos.models import Checklist, StrayPayment
from smartpos.operations.models import Operation
from smartpos.people.models import Employee
from smartpos.taxes.models import TaxProfile
from smartpos.web.models import SavedView
from tests.architecture.addresses import Address, addresses
from tests.architecture.foreign import samples
from tests.architecture.forms import Form
from tests.architecture.product import package_of
from tests.architecture.shop import SECOND, B, Shop, build
from tests.architecture.walker import Foreign, Walker, rolled_back

pytestmark = pytest.mark.django_db

OURS = [address for address in addresses() if package_of(address.view.__module__)]
OFFICE = [address for address in OURS if address.guard.startswith("office")]
TILL = [address for address in OURS if address.guard == "till"]
PUBLIC = [address for address in OURS if address.guard.startswith("public")]
PERSON = [address for address in OURS if address.guard == "person"]


@pytest.fixture(scope="module")
def shop(django_db_setup: None, django_db_blocker: Any) -> Iterator[Shop]:
    """Built once: what a test does to it is taken back, and so are the walkers' ids and what they know of their own addresses."""
    with django_db_blocker.unblock():
        atomics = TestCase._enter_atomics()
        yield build()
        TestCase._rollback_atomics(atomics)


@pytest.fixture(autouse=True)
def _taken_back(shop: Shop, db: None) -> Iterator[None]:
    """Thousands of refusals are the plan here: nobody reads of them."""
    logging.disable(logging.ERROR)
    with rolled_back():
        yield
    logging.disable(logging.NOTSET)


def office_client(employee: Any, **more: Any) -> Client:
    client = Client(raise_request_exception=False, **more)
    client.force_login(employee.user)
    return client


def own_rows(shop: Shop) -> dict[str, Any]:
    """A tax group, since the first profile of all is a rate's own, which has another page; an operation that waits for review."""
    parked = Operation.everywhere.filter(business=shop.a.business, device__store=shop.a.store, state="review")
    return {
        "taxes.TaxProfile": TaxProfile.everywhere.get(business=shop.a.business, only=None),
        parked.model._meta.label: parked[0],
        "people.Employee": shop.clerk,
        "pos.Checklist": Checklist.everywhere.get(store_links__store=shop.a.store),
        "pos.StrayPayment": StrayPayment.everywhere.get(link__store=shop.a.store),
    }


@pytest.fixture(scope="module")
def walkers(shop: Shop) -> dict[str, Walker]:
    """Ana of A, who sees all of A and nothing of B; Mira, who manages A's first store and sees nothing of the second; its till."""
    whole, store = samples(shop.a.business.pk), samples(shop.a.business.pk, shop.a.store.pk)
    other = Foreign(B, shop.b.business.pk).look()
    neighbours = [other, Foreign(SECOND, shop.a.business.pk, shop.second.pk).look()]
    till = Client(raise_request_exception=False)
    till.cookies["smartpos_device"] = token_of(shop)
    view = SavedView.everywhere.get(employee=shop.manager)
    return {
        "owner": Walker("owner of A", office_client(shop.a.owner), {**whole, **own_rows(shop)}, [other]),
        # The owner, who sees more, reaches for B's.
        "manager": Walker(
            "manager of store 1", office_client(shop.manager), {**whole, **store, "web.SavedView": view, **own_rows(shop)},
            neighbours, tried=neighbours[1:],
        ),
        "device": Walker("till of store 1", till, whole | store, neighbours, {"X-SmartPOS-Till": "1"}),
    }  # fmt: skip


@pytest.fixture
def owner(walkers: dict[str, Walker]) -> Walker:
    return walkers["owner"].afresh()


@pytest.fixture
def manager(walkers: dict[str, Walker]) -> Walker:
    return walkers["manager"].afresh()


@pytest.fixture
def device(walkers: dict[str, Walker]) -> Walker:
    return walkers["device"].afresh()


def token_of(shop: Shop) -> str:
    """The token in the till's transport."""
    return next(c.cell_contents for c in shop.till.send.__closure__ if isinstance(c.cell_contents, str))  # type: ignore[attr-defined]


@pytest.fixture
def office_walkers(owner: Walker, manager: Walker) -> list[Walker]:
    return [owner, manager]


def test_nobody_reaches_a_neighbours_things_by_their_id_in_the_address(office_walkers: list[Walker], device: Walker) -> None:
    for walker in office_walkers:
        for address in [*OFFICE, *PERSON]:
            walker.try_foreign_ids_in_address(address)
        assert walker.faults == []
    for address in TILL:
        device.try_foreign_ids_in_address(address)
    assert device.faults == []


def test_nobody_reaches_a_neighbours_things_through_a_form(office_walkers: list[Walker]) -> None:
    for walker in office_walkers:
        walker.try_foreign_ids_in_forms([*OFFICE, *PERSON])
        assert walker.faults == []


def test_no_page_shows_anything_of_a_neighbour(office_walkers: list[Walker], device: Walker) -> None:
    for walker, places in ((office_walkers[0], [*OFFICE, *PERSON]), (office_walkers[1], [*OFFICE, *PERSON]), (device, TILL)):
        for address in places:
            for path in walker.own_paths(address):
                walker.visit(path)
                walker.visit(path, **{"HX-Request": "true"})
        assert walker.faults == []


def test_the_walk_is_not_in_vain(owner: Walker, manager: Walker, device: Walker) -> None:
    """Each address answers to something of one's own, and the neighbours have something to reach for."""
    for walker, places in ((owner, OFFICE), (manager, OFFICE), (device, TILL)):
        deaf = [address.path for address in places if not walker.own_paths(address)]
        assert deaf == [], walker.name
    assert {"pos.Receipt", "people.Device", "inventory.Product", "people.Employee"} <= set(owner.neighbours[0].rows)
    assert {"pos.Receipt", "people.Device", "people.Terminal", "people.Employee", "pos.Shift"} <= set(
        manager.neighbours[1].rows
    )
    with rolled_back():
        stranger = Walker("B", office_client(manager.neighbours[0].rows["people.Employee"]), {}, owner.neighbours)
        stranger.look_around(stranger.ask("get", "/backoffice/products/"), "B at home", wrote=frozenset())
        assert stranger.faults == [f"B at home → shows something of {B}"]


# ── what a till sends ────────────────────────────────────────────────────────────────────────────────────────────────


def foreign_operations(shop: Shop, rows: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Acts of A's till that name a neighbour's things wherever an id fits."""
    till = shop.till
    item = till.item("ESP")
    plain = till.sale([(item, "1")])
    variant, employee, shift, receipt = (
        rows.get(k) for k in ("inventory.Variant", "people.Employee", "pos.Shift", "pos.Receipt")
    )
    if variant is not None:
        yield {**plain, "body": {**plain["body"], "goods": [{**plain["body"]["goods"][0], "item": str(variant.uuid)}]}}
    customer = rows.get("pos.Customer")
    if customer is not None:
        yield {**plain, "body": {**plain["body"], "customer": str(customer.uuid)}}
        yield {**plain, "kind": "customer.put", "body": {"customer": str(customer.uuid), "name": "Walk"}}
    yield {**plain, "actor": str(employee.uuid)}
    yield {**plain, "approvals": [{"by": str(employee.uuid), "code": "sale.price"}]}
    yield {**plain, "shift": str(shift.uuid)}
    yield {**plain, "needs": [str(receipt.uuid)]}
    yield {**plain, "id": str(receipt.uuid)}
    yield {**plain, "kind": "shift.close", "body": {"shift": str(shift.uuid), "counted": "0.00"}}
    yield {**plain, "kind": "shift.open", "body": {"shift": str(shift.uuid), "opening_float": "0.00"}}
    for line in receipt.lines.all()[:1]:
        lines = [{"line": plain["id"], "original_line": str(line.uuid), "quantity": "1"}]
        figures = {"total": "2.00", "tax": "0.29", "rounding": "0.00", "payable": ["2.00"]}
        body = {"series": "A1", "number": 99, "original": str(receipt.uuid), "reason": "x", "lines": lines, "figures": figures}
        yield {**plain, "kind": "refund.make", "body": {**body, "tenders": [{"method": "cash", "amount": "2.00"}]}}


def test_no_operation_reaches_a_neighbours_things(shop: Shop, device: Walker) -> None:
    for neighbour in device.neighbours:
        for operation in foreign_operations(shop, neighbour.rows):
            with rolled_back():
                kept = Operation.everywhere.filter(business_id=neighbour.business_id).count()
                answers = shop.till.post(operation)
                assert answers[0]["state"] in {"done", "review", "refused"}
                if operation["kind"] != "sale.settle":
                    assert answers[0]["state"] == "review", (operation["kind"], answers)
                if neighbour.store_id is None:
                    assert Operation.everywhere.filter(business_id=neighbour.business_id).count() == kept
                if operation["actor"] == shop.till.actor:  # the name of an actor of the same business may be shown
                    device.look_around(device.ask("get", "/pos/receipts"), f"{operation['kind']} of {neighbour.word}")
    assert device.faults == []


# ── who may enter at all ─────────────────────────────────────────────────────────────────────────────────────────────


def own_path(walker: Walker, address: Address) -> str:
    return walker.own_paths(address)[0]


def test_signed_out_people_are_sent_to_the_sign_in(owner: Walker) -> None:
    stranger = Client()
    for address in [*OFFICE, *(one for one in PERSON if not one.parameters)]:
        path = own_path(owner, address)
        for send in (stranger.get, stranger.post):
            response = send(path)
            assert response.status_code in {302, 405}, path
            assert response.status_code == 405 or response["Location"].startswith("/sign-in/?next="), path
            fragment = send(path, headers={"HX-Request": "true"})
            assert fragment.status_code in {401, 405}, path


def test_staff_without_an_office_role_gets_a_sentence_and_no_data(shop: Shop, owner: Walker) -> None:
    client = office_client(shop.clerk)
    for address in OFFICE:
        path = own_path(owner, address)
        for send in (client.get, client.post):
            response = send(path)
            assert response.status_code in {403, 405}, path
            if response.status_code == 403:
                assert b"Your role does not allow this" in response.content, path
                assert b"Espresso" not in response.content, path


def test_somebody_dismissed_is_out_at_the_next_request(shop: Shop, manager: Walker) -> None:
    assert manager.ask("get", "/backoffice/sales/").status_code == 200
    mira = Employee.everywhere.get(pk=shop.manager.pk)
    mira.active = False
    mira.save(update_fields=["active"])
    for address in OFFICE:
        if not address.parameters:
            assert manager.ask("get", address.path).status_code in {302, 405}, address.path


def test_no_unsafe_request_passes_without_its_csrf_token(shop: Shop, owner: Walker) -> None:
    client = office_client(shop.a.owner, enforce_csrf_checks=True)
    for address in [*OFFICE, *(one for one in PERSON if not one.parameters)]:
        assert client.post(own_path(owner, address)).status_code in {403, 405}, address.path
    for address in PUBLIC:
        if not address.parameters and not getattr(address.view, "csrf_exempt", False):
            assert client.post(address.path).status_code in {403, 405}, address.path


def test_a_tills_doors_open_only_to_a_device_with_its_header_from_its_own_origin(device: Walker) -> None:
    for address in TILL:
        path = own_path(device, address)
        bare = device.client.post(path, {}, content_type="application/json")
        assert bare.status_code in {403, 405}, path
        for origin in ("https://evil.example", "null", "http://testserver.evil.example"):
            for method in ("get", "post"):
                assert device.ask(method, path, Origin=origin).status_code in {403, 405}, path
        stranger = Client(headers={"X-SmartPOS-Till": "1"})
        assert stranger.get(path).status_code in {401, 405}, path
        stranger.cookies["smartpos_device"] = "x" * 43
        assert stranger.post(path).status_code in {401, 405}, path
    assert device.ask("get", "/pos/ping", Origin="http://testserver").status_code == 200


def test_a_session_opens_no_tills_door_and_a_device_no_office(owner: Walker, device: Walker) -> None:
    for address in TILL:
        assert owner.ask("get", own_path(device, address)).status_code in {401, 405}
    for address in OFFICE:
        assert device.ask("get", own_path(owner, address)).status_code in {302, 405}


# ── what nobody sends on purpose ─────────────────────────────────────────────────────────────────────────────────────

HOSTILE = [
    "\x00",
    "a\x00b",
    "'",
    '"><script>',
    "9" * 400,
    "-1",
    "NaN",
    "1e999",
    "\uff19",
    "2026-02-30",
    "9999-12-31",
    "0001-01-01",
    "x" * 5000,
]


ALIKE = 32


def parameters_of(address: Address) -> set[str]:
    """Names that a view's module reads from the query or a form."""
    source = Path(inspect.getsourcefile(inspect.unwrap(address.view)) or "")
    found = set()
    for node in ast.walk(ast.parse(source.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in {"get", "getlist"}:
            owner = node.func.value
            if isinstance(owner, ast.Attribute) and owner.attr in {"GET", "POST"} and isinstance(node.args[0], ast.Constant):
                found.add(str(node.args[0].value))
    return found


def test_no_parameter_crashes_a_page(owner: Walker, device: Walker) -> None:
    crashed = []
    for walker, places in ((owner, [*OFFICE, *PERSON, *PUBLIC]), (device, TILL)):
        for address in places:
            names = parameters_of(address)
            paths = walker.own_paths(address)[:1]
            for path in paths:
                for value in HOSTILE:
                    with rolled_back():
                        response = walker.ask("get", path, dict.fromkeys(names, value))
                    # That the machine is too busy to relay in time is what the health page is there to say.
                    if response.status_code >= 500 and (path, response.status_code) != ("/health", 503):
                        crashed.append(f"{walker.name}: {path} {value[:20]!r}")
    assert not crashed, "\n".join(crashed)


def trials(form: Form) -> Iterator[dict[str, str]]:
    """Everything hostile in all fields at once, and a third of it in each field by itself: what another field's refusal would hide.

    Of a matrix of boxes that are all alike the first rows say as much as the rest.
    """
    names = [field.name for field in form.fields]
    yield from (dict.fromkeys(names, value) for value in HOSTILE)
    for place, name in enumerate(names[:ALIKE]):
        yield from ({**form.data(), name: value} for value in HOSTILE[place % 3 :: 3])


def test_no_field_crashes_a_form(owner: Walker) -> None:
    crashed = []
    for target, form in owner.forms([*OFFICE, *PERSON, *PUBLIC]):
        for data in trials(form) if form.method.lower() == "post" else ():
            with rolled_back():
                response = owner.ask("post", target, data)
            if response.status_code >= 500:
                crashed.append(f"{target} { {name: value[:20] for name, value in data.items()} }")
    assert not crashed, "\n".join(crashed)
