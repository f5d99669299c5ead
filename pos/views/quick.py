"""Quick figures for the till."""

from decimal import Decimal
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from pos.models import Receipt
from pos.selectors.drawer import expected_cash
from pos.selectors.quick import Figures, figures, of_shift, periods
from pos.views.api import living_device, revoked
from pos.views.receipts import Money, actor_of
from smartpos.access.guards import till
from smartpos.access.permissions import allowed
from smartpos.access.settings import value
from smartpos.access.till import till_answer, till_error
from smartpos.clock import business_day, now
from smartpos.money import format_quantity

QUICK = "report.quick"


@require_GET
@till
def quick_view(request: HttpRequest) -> HttpResponse:
    """Today, this week, this month; the running shift; and what `actor`, who asks, sold today."""
    device = living_device(request)
    if device is None:
        return revoked()
    try:
        actor = actor_of(request)
    except ValueError:
        return till_error(400, "unreadable", _("The request cannot be read."), field="actor")
    if not allowed(actor, QUICK, device.store_id):
        return till_error(403, "not_allowed", _("Your role does not allow this. Ask a manager or the owner."))
    store, money = device.store, Money(device.store.currency)
    today = business_day(now(), store.zone, store.cutoff_minutes)
    own = Receipt.objects.filter(store=store, business_date=today, currency=store.currency, employee=actor)
    shift = of_shift(device)
    blind = value("shift.blind", store=store)
    return till_answer({
        "periods": {name: {"total": money(total), "sales": sales} for name, (total, sales) in periods(store, today).items()},
        "own": _figures(figures(own), money),
        "shift": shift and {
            **_figures(shift.figures, money), "opening_float": money(shift.shift.opening_float),
            "expected": None if blind else money(expected_cash(shift.shift)), "pieces": _quantity(shift.pieces),
            "top": [{"name": name, "unit": unit, "quantity": _quantity(quantity)} for name, unit, quantity in shift.top],
        },
    })  # fmt: skip


def _figures(found: Figures, money: Money) -> dict[str, Any]:
    cent = Decimal(1).scaleb(-money.currency.digits)
    return {
        "total": money(found.total), "sales": found.sales, "refunds": found.refunds, "refunded": money(found.refunded),
        "voids": found.voids, "average": money(found.average.quantize(cent, "ROUND_HALF_UP")),
        "tenders": {method: money(amount) for method, amount in found.tenders.items()},
    }  # fmt: skip


def _quantity(quantity: Decimal) -> str:
    scaled = int(quantity.scaleb(3))
    return f"-{format_quantity(-scaled)}" if scaled < 0 else format_quantity(scaled)
