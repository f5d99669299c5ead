"""The page behind a payment link: whoever has the address may pay, and nothing else."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from pos.gateways import Refused, Unreachable
from pos.models import PaymentLink, Receipt
from pos.selectors.links import bill_of, by_token
from pos.services.links import open_at_gateway
from smartpos.access.guards import public
from smartpos.clock import now
from smartpos.context import Act, begin, current
from smartpos.errors import Conflict
from smartpos.web.pages import render


@require_http_methods(["GET", "POST"])
@never_cache
@public("whoever has the mailed token may see this one bill and pay it")
def pay(request: HttpRequest, token: str) -> HttpResponse:
    """The bill; with a post, on to the gateway's page."""
    link = _link(request, token)
    return _go(request, link) if request.method == "POST" else _page(request, link)


def _link(request: HttpRequest, token: str) -> PaymentLink:
    """The link of a token; from here on the act is that of its business, in its language unless the browser chose one."""
    link = by_token(token)
    if link is None:
        raise Http404(_("There is no such payment link."))
    act = current()
    begin(Act(business_id=link.business_id, store_id=link.store_id, address=act.address, request_id=act.request_id))
    if not getattr(request, "language_chosen", False) and link.language in dict(settings.LANGUAGES):
        translation.activate(link.language)
        request.LANGUAGE_CODE = link.language
    return link


def _go(request: HttpRequest, link: PaymentLink) -> HttpResponse:
    """To where the money is taken. By `Refresh`, since a form may not be led to another site."""
    try:
        page = open_at_gateway(link, at=now())
    except Conflict:
        return _page(request, link)
    except (Refused, Unreachable):
        return _page(request, link, problem=_("The payment service does not answer right now. Nothing was charged. Try again."))
    response = render(request, "pos/pay/going.html", {"link": link, "page": page})
    response["Refresh"] = f"0; url={page}"
    return response


def _page(request: HttpRequest, link: PaymentLink, *, problem: str = "") -> HttpResponse:
    open_now = link.waits and link.expires_at > now()
    state = link.state if not link.waits or open_now else "expired"
    context = {
        "link": link, "state": state, "lines": bill_of(link), "problem": problem, "checking": open_now and bool(link.session),
        "receipt": Receipt.objects.filter(uuid=link.order.receipt).first() if link.order.receipt else None,
    }  # fmt: skip
    return render(request, "pos/pay/pay.html", context, fragment="pos/pay/_bill.html", status=503 if problem else 200)
