"""Payment links for tests: a connected simulator, a link from a till, customers on its page, the worker that runs after them."""

from datetime import UTC, datetime
from typing import Any

from django.test import Client

from integrations.models import Connection, SimulatedSession
from integrations.services.connections import connect
from pos.models import PaymentLink
from smartpos.context import acting
from smartpos.ids import uuid7
from smartpos.outbox.runner import deliver_due
from smartpos.people.models import Store
from tests.till import Till
from tests.world import World

TO = "kupac@example.com"


def connected(world: World, *, store: Store | None = None, behaviour: str = "normal", name: str = "Simulator") -> Connection:
    """A simulator of a business."""
    with acting(business_id=world.business.pk, actor_id=world.owner.pk):
        return connect(
            "simulator", name=name, store=store, chosen={"behaviour": behaviour}, by=world.owner, at=datetime.now(UTC)
        )


def link_operation(
    till: Till,
    connection: Connection,
    goods: list[tuple[str, str]] | None = None,
    *,
    to: str = TO,
    buyer: str = "",
    **more: Any,
) -> dict[str, Any]:
    """`link.make` of some goods."""
    cart = till.cart(goods or [(till.item("CEV"), "2")], **({"customer": True} if buyer else {}), **more)
    cart["tenders"] = [{"method": "online", "amount": till.figures(cart)["total"]}]
    keys = [key for key, _quantity in goods] if goods else [till.item("CEV")]
    body = {
        "order": str(uuid7()), "gateway": str(connection.uuid), "to": to, "cart": cart, "goods": till.goods(cart, keys),
        "figures": till.figures(cart), "customer": buyer or None,
    }  # fmt: skip
    return till.operation("link.make", body)


def make(till: Till, connection: Connection, goods: list[tuple[str, str]] | None = None, **more: Any) -> PaymentLink:
    """A link that was made."""
    made = link_operation(till, connection, goods, **more)
    [answer] = till.post(made)
    assert answer["state"] == "done", answer
    assert answer["result"]["made"], answer
    return link_of(made["body"]["order"])


def link_of(order: str) -> PaymentLink:
    """A link by its order, as it is now."""
    return PaymentLink.everywhere.select_related("order", "store").get(order__uuid=order)


def again(link: PaymentLink) -> PaymentLink:
    """The link as it is now."""
    return link_of(str(link.order.uuid))


def press_pay(link: PaymentLink) -> Any:
    """The customer presses «Pay»."""
    return Client().post(f"/pay/{link.token}/")


def pay(link: PaymentLink, way: str = "pay", *, work: bool = True) -> PaymentLink:
    """The customer opens the gateway's page and lets something happen there; then the worker runs."""
    press_pay(link)
    session = SimulatedSession.everywhere.get(code=again(link).session)
    assert Client().post(f"/simulator/{session.code}/", {"way": way}).status_code == 302
    if work:
        work_off()
    return again(link)


def work_off() -> None:
    """The worker, until nothing is due."""
    while deliver_due():
        pass
