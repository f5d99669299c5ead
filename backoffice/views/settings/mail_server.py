"""The mail server of a business: set, tried, taken away (SET-17)."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from backoffice.forms.mail_server import MailServerForm
from backoffice.views.settings.pages import pages_for
from smartpos.access.guards import office
from smartpos.access.services.settings import may_change
from smartpos.access.settings import tab_of
from smartpos.clock import now
from smartpos.errors import DomainError
from smartpos.mail.server import own_server, remove_server, save_server, try_server
from smartpos.web.pages import OfficeRequest, render, say

TAB = "mail-server"


def _assert_may(request: OfficeRequest) -> None:
    """It holds for all stores: whoever works in some of them reads only."""
    if not may_change(request.employee, None):
        raise PermissionDenied(_("These hold for all stores, and you work in some of them."))


@require_http_methods(["GET", "POST"])
@office("settings.manage")
def server_page(request: OfficeRequest) -> HttpResponse:
    """By which server mail leaves."""
    server = own_server()
    form = MailServerForm(server, request.POST or None)
    if request.method == "POST":
        _assert_may(request)
        if form.attempt(lambda: save_server(form.given(), by=request.employee, at=now())):
            say(request, _("Saved. Send a test to see whether mail leaves."))
            return redirect("office-settings-mail-server")
    context = {
        "tab": tab_of(TAB), "groups": pages_for(request.employee, TAB), "may": may_change(request.employee, None),
        "form": form, "server": server,
    }  # fmt: skip
    return render(request, "backoffice/settings/mail_server.html", context, status=form.status)


@require_POST
@office("settings.manage")
def server_try(request: OfficeRequest) -> HttpResponse:
    """Hand a test mail to the kept server, and say what it said."""
    _assert_may(request)
    server = own_server()
    to = request.employee.user.email if request.employee.user else request.employee.email
    if server is None or not to:
        return redirect("office-settings-mail-server")
    text = _("You asked for a test mail. If you can read this, mail from your shop leaves by your own server.")
    try:
        error = try_server(server, to=to, subject=_("Mail arrives"), text=text, by=request.employee, at=now())
    except DomainError as refused:
        error = refused.message
    if error:
        messages.error(request, error)
    else:
        say(request, _("The server took a test mail for %(to)s.") % {"to": to})
    return redirect("office-settings-mail-server")


@require_POST
@office("settings.manage")
def server_remove(request: OfficeRequest) -> HttpResponse:
    """Back to the installation's server."""
    _assert_may(request)
    remove_server(by=request.employee, at=now())
    say(request, _("Mail leaves by the server of this installation again."))
    return redirect("office-settings-mail-server")
