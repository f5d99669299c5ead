"""Open orders as a till lists them: held carts, and sales that wait for an online payment."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from pos.gateways import directory
from pos.selectors import links
from pos.selectors.orders import open_orders
from pos.views.api import living_device, revoked
from smartpos.access.guards import till
from smartpos.access.till import till_answer
from smartpos.clock import now


@require_GET
@till
def orders_view(request: HttpRequest) -> HttpResponse:
    """Every cart that is held in the store (what one contains comes with its claim), its payment links, and who takes money online."""
    device = living_device(request)
    if device is None:
        return revoked()
    gateways = [{"id": str(offer.connection), "name": offer.name} for offer in directory().offers(device.store_id)]
    return till_answer({"orders": open_orders(device), "online": links.told(device, at=now()), "gateways": gateways})
