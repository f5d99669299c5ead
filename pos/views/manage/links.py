"""Payment links in the Backoffice: what waits, what was paid, and money that no receipt stands for (POS-30, POS-31)."""

import re
from decimal import Decimal
from uuid import UUID

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from pos.forms.stray import DealtForm
from pos.models import LinkEvent, PaymentLink, Receipt, StrayPayment, StrayReason, StrayState
from pos.selectors import links as selector
from pos.services import strays
from pos.views.manage.link_lists import LINKS
from smartpos.access.guards import office
from smartpos.access.permissions import allowed
from smartpos.clock import now
from smartpos.web.lists import show
from smartpos.web.pages import OfficeRequest, render, say
from smartpos.web.templatetags.smartpos import amount

MONEY_KEPT = re.compile(r"(?P<amount>[0-9]+\.[0-9]{2}) (?P<currency>[A-Z]{3})(?:: (?P<reason>[a-z]+))?")


@require_GET
@office("sales.view")
def link_list(request: OfficeRequest) -> HttpResponseBase:
    """All of them, newest first."""
    return show(request, LINKS, selector.links())


def _link(request: OfficeRequest, uuid: UUID) -> PaymentLink:
    return get_object_or_404(selector.links().filter(store__in=request.stores), uuid=uuid)  # type: ignore[no-any-return]


@require_GET
@office("sales.view")
def link_detail(request: OfficeRequest, link: UUID) -> HttpResponse:
    """One link: what was to be paid, everything that happened, and what is to be given back."""
    return _page(request, _link(request, link), DealtForm())


@require_POST
@office("refunds.decide")
def stray_decide(request: OfficeRequest, stray: UUID) -> HttpResponse:
    """Give it back through the gateway, or say what was done."""
    found: StrayPayment = get_object_or_404(StrayPayment.objects.filter(link__store__in=request.stores), uuid=stray)
    form = DealtForm(request.POST)
    decided = form.attempt(lambda: _decide(request, found, form.cleaned_data))
    if decided is None:
        return _page(request, _link(request, found.link.uuid), form, about=found)
    say(request, _("It is on its way back.") if form.cleaned_data["decision"] == "refund" else _("The note is kept."))
    return redirect("office-link", found.link.uuid)


def _decide(request: OfficeRequest, found: StrayPayment, given: dict[str, str]) -> StrayPayment:
    if given["decision"] == "refund":
        return strays.give_back(found.uuid, by=request.employee, at=now())
    return strays.deal_with(found.uuid, by=request.employee, note=given["note"], at=now())


def _may_act(stray: StrayPayment) -> bool:
    """Whether somebody has to: it is open, or nobody is at it any more."""
    return stray.state == StrayState.OPEN or (stray.state == StrayState.REFUNDING and not strays.on_its_way(stray))


def _words(event: LinkEvent) -> str:
    """What the book keeps of an event, as a page says it: money as the business writes it, a reason by its name."""
    kept = MONEY_KEPT.fullmatch(event.detail)
    if kept is None:
        return event.detail
    money = amount(Decimal(kept["amount"]), kept["currency"])
    return f"{money} · {StrayReason(kept['reason']).label}" if kept["reason"] in StrayReason.values else money


def _page(request: OfficeRequest, found: PaymentLink, form: DealtForm, *, about: StrayPayment | None = None) -> HttpResponse:
    context = {
        "found": found, "lines": selector.bill_of(found), "events": [(event, _words(event)) for event in found.events.order_by("pk")],
        "strays": [(stray, _may_act(stray)) for stray in found.strays.select_related("decided_by", "receipt").order_by("pk")],
        "form": form, "about": about,
        "receipt": Receipt.objects.filter(uuid=found.order.receipt).first() if found.order.receipt else None,
        "may_decide": allowed(request.employee, strays.DECIDE, found.store_id),
    }  # fmt: skip
    return render(request, "pos/manage/link.html", context, status=form.status)
