"""What a till knows of requests to give money back."""

from datetime import timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from pos.models import RefundRequest
from pos.selectors.refunds import of_till
from pos.views.api import living_device, revoked
from smartpos.access.guards import till
from smartpos.access.till import till_answer
from smartpos.clock import now
from smartpos.money import Currency

SHOWN = timedelta(days=2)


@require_GET
@till
def requests_view(request: HttpRequest) -> HttpResponse:
    """Those of the store that wait, may be paid out, or were decided lately."""
    device = living_device(request)
    if device is None:
        return revoked()
    found = of_till(device.store, since=now() - SHOWN)
    return till_answer({"requests": [_said(one) for one in found]})


def _said(one: RefundRequest) -> dict[str, Any]:
    return {
        "id": str(one.uuid), "state": one.state, "label": one.original.label, "original": str(one.original.uuid),
        "total": Currency.of(one.currency).format(int(one.total.scaleb(4))), "reason": one.reason, "method": one.method,
        "lines": one.lines, "by": one.asked_by.name, "asked_at": one.asked_at,
        "decided_by": one.decided_by.name if one.decided_by else "", "note": one.note,
    }  # fmt: skip
