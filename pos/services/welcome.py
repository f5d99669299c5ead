"""The welcome of a new customer (EMP-15): asked for with the act that adds them, written after it, once."""

from datetime import timedelta
from uuid import UUID

from pos.models import Customer
from smartpos.access.settings import value
from smartpos.clock import now
from smartpos.db.locks import write_transaction
from smartpos.mail.services import send_mail, withdraw_mail
from smartpos.outbox.deliveries import Outcome, Work, done, enqueue

KIND = "welcome_customer"
SWITCH = "notify.welcome_customer"
# Who was added longer ago, at a till that comes back only now, is no new customer any more.
LATE = timedelta(days=7)


def greet(customer: Customer) -> None:
    """Ask for the welcome of somebody who was just added, inside the transaction that adds them."""
    if customer.email and customer.created_at > now() - LATE and value(SWITCH):
        enqueue(kind=KIND, key=str(customer.uuid), payload={"customer": str(customer.uuid)})


def deliver(work: Work) -> Outcome:
    """Write the mail to whoever is still there. The row is held, so that nobody is erased under it."""
    with write_transaction():
        customer = Customer.objects.select_for_update().filter(uuid=UUID(work.payload["customer"])).first()
        if customer is None or not customer.is_living or not customer.email:
            return done("nobody is there any more")
        if not value(SWITCH):
            return done("switched off")
        send_mail(
            type=KIND, to=customer.email, context={"customer_name": customer.name}, language=customer.language,
            key=_key(customer),
        )  # fmt: skip
    return done()


def withdraw(customer: Customer) -> None:
    """Take the welcome of somebody who is forgotten out of the mail; what has left has left."""
    withdraw_mail(_key(customer))


def _key(customer: Customer) -> str:
    return f"{KIND}:{customer.uuid}"
