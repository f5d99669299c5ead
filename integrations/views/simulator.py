"""The simulated gateway's page: what a customer would see there, and every way in which it can go."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from integrations.models import SimulatedSession
from integrations.services.simulated import let_happen
from smartpos.access.guards import public
from smartpos.clock import now
from smartpos.context import Act, begin, current
from smartpos.web.pages import render


@require_http_methods(["GET", "POST"])
@never_cache
@public("plays somebody else's site; whoever has the session's code may choose how it goes")
def page(request: HttpRequest, code: str) -> HttpResponse:
    """Choose how it goes, and go back to where one came from."""
    session = SimulatedSession.everywhere.select_related("business").filter(code=code).first()
    if session is None:
        raise Http404(_("There is no such payment."))
    act = current()
    begin(Act(business_id=session.business_id, address=act.address, request_id=act.request_id))
    if not getattr(request, "language_chosen", False) and session.business.language in dict(settings.LANGUAGES):
        translation.activate(session.business.language)
        request.LANGUAGE_CODE = session.business.language
    if request.method == "POST":
        let_happen(session, request.POST.get("way", ""), at=now())
        return redirect(session.back)
    open_now = session.closed_at is None and session.expires_at > now()
    return render(request, "integrations/simulator.html", {"session": session, "open": open_now})
