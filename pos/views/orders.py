"""Held carts as a till lists them."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from pos.selectors.orders import open_orders
from pos.views.api import living_device, revoked
from smartpos.access.guards import till
from smartpos.access.till import till_answer


@require_GET
@till
def orders_view(request: HttpRequest) -> HttpResponse:
    """Every cart that is held in the store; what one contains comes with its claim."""
    device = living_device(request)
    return till_answer({"orders": open_orders(device)}) if device else revoked()
