"""What is owed to owners of goods and couriers, for the till that pays it."""

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from pos.offline.entrusted import PAY
from pos.selectors.entrusted import owed_at
from pos.views.api import living_device, revoked
from pos.views.receipts import Money, actor_of
from smartpos.access.guards import till
from smartpos.access.permissions import allowed
from smartpos.access.till import till_answer, till_error

HANDOVER = "cash.handover"


@require_GET
@till
def owed_view(request: HttpRequest) -> HttpResponse:
    """What is owed to each of them by this store, for `actor`, who pays owners or hands cash over."""
    device = living_device(request)
    if device is None:
        return revoked()
    try:
        actor = actor_of(request)
    except ValueError:
        return till_error(400, "unreadable", _("The request cannot be read."), field="actor")
    if not any(allowed(actor, code, device.store_id) for code in (PAY, HANDOVER)):
        return till_error(403, "not_allowed", _("Your role does not allow this. Ask a manager or the owner."))
    money = Money(device.store.currency)
    return till_answer({"owed": [{"id": str(party.uuid), "owed": money(sum_)} for party, sum_ in owed_at(device.store)]})
