"""Somebody's own bonus at the till (EMP-14)."""

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from pos.selectors import bonus
from pos.views.api import living_device, revoked
from pos.views.receipts import Money, actor_of
from smartpos.access.guards import till
from smartpos.access.modules import module
from smartpos.access.permissions import allowed
from smartpos.access.till import till_answer, till_error
from smartpos.clock import business_day, now
from smartpos.money import format_rate, from_decimal

OWN = "bonus.own"
SWITCH = "employee_bonus"


@require_GET
@till
@module("employee_bonus")
def bonus_view(request: HttpRequest) -> HttpResponse:
    """The running month of `actor`, who asks, and of nobody else."""
    device = living_device(request)
    if device is None:
        return revoked()
    try:
        actor = actor_of(request)
    except ValueError:
        return till_error(400, "unreadable", _("The request cannot be read."), field="actor")
    if actor is None or not allowed(actor, OWN, device.store_id):
        return till_error(403, "not_allowed", _("Your role does not allow this. Ask a manager or the owner."))
    store = device.store
    month = business_day(now(), store.zone, store.cutoff_minutes).replace(day=1)
    found, money = bonus.of_person(actor, month, store.currency), Money(store.currency)
    rate = None if found.target is None else format_rate(from_decimal(found.percent, bonus.PLACES))
    return till_answer({
        "month": f"{month:%Y-%m}", "sales": money(found.sales), "threshold": None if found.target is None else money(found.target),
        "progress": found.progress, "percent": rate, "bonus": money(found.bonus), "reached": money(found.reached),
        "checklists": {"needed": found.needed, "done": found.done} if found.needed else None, "shifts": found.shifts,
    })  # fmt: skip
