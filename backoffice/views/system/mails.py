"""Mail that was written; where no server is named this is where it arrives."""

from uuid import UUID
from zoneinfo import ZoneInfo

from csp.decorators import csp_update
from django import forms
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet, Value
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from backoffice.selectors import system
from backoffice.services.system import send_test_mail
from smartpos.access.guards import office
from smartpos.access.permissions import allowed
from smartpos.clock import now
from smartpos.mail.models import Mail
from smartpos.mail.server import own_server
from smartpos.mail.types import UnknownMail, mail_type, mail_types
from smartpos.web.forms import OfficeForm
from smartpos.web.lists import Choice, Column, Empty, Link, OfficeList, Search, own_page, show
from smartpos.web.pages import OfficeRequest, say
from smartpos.web.stores import clock_of, shown_store


def kind_of(mail: Mail) -> str:
    """The type in words."""
    try:
        return str(mail_type(mail.kind).label)
    except UnknownMail:
        return mail.kind


def by_words(rows: QuerySet[Mail], text: str) -> QuerySet[Mail]:
    """Mail to such an address, or with these words in its subject."""
    return rows.filter(to__icontains=text) | rows.filter(subject__icontains=text)


MAILS = OfficeList(
    code="system.mails",
    title=gettext_lazy("Mail"),
    order="-written",
    address=own_page("office-mail"),
    above="backoffice/system/_mail_place.html",
    links=(Link(url="office-mail-test", label=gettext_lazy("Test mail"), icon="send", permission="system.manage"),),
    columns=(
        Column(code="subject", label=gettext_lazy("Subject"), value=lambda m: m.subject),
        Column(code="to", label=gettext_lazy("To"), value=lambda m: m.to, sort="to"),
        Column(code="kind", label=gettext_lazy("Kind"), value=kind_of, sort="kind"),
        Column(code="written", label=gettext_lazy("Written"), value=lambda m: m.created_at.astimezone(ZoneInfo(m.zone)), sort="created_at"),
        Column(
            code="sent", label=gettext_lazy("Sent"), value=lambda m: m.sent_at, sort="sent_at",
            template="backoffice/system/_sent.html",
        ),
    ),
    filters=(
        Search(label=gettext_lazy("Address or subject"), where=by_words),
        Choice(
            code="kind", label=gettext_lazy("Kind"), where="kind",
            options=lambda _request: [(kind.code, kind.label) for kind in mail_types()],
        ),
        Choice(
            code="sent", label=gettext_lazy("Sent"), options=(("no", gettext_lazy("Not yet")), ("yes", gettext_lazy("Sent"))),
            where=lambda rows, value: rows.filter(sent_at__isnull=value == "no"),
        ),
    ),
    empty=Empty(
        picture="mail", title=gettext_lazy("No mail yet"),
        sentence=gettext_lazy("Invitations, receipts and reports that are sent stand here for a month."),
    ),
)  # fmt: skip


def _leaving(request: OfficeRequest) -> dict[str, bool]:
    """Whether mail leaves, and whether this person could see to it."""
    server = bool(settings.MAIL_URL) or own_server() is not None
    return {"server": server, "may_set": not server and allowed(request.employee, "settings.manage")}


@require_GET
@office("system.view")
def mail_list(request: OfficeRequest) -> HttpResponseBase:
    """Mail, newest first."""
    rows = system.mails(request.employee, own=request.stores, chosen=shown_store(request))
    rows = rows.annotate(zone=Value(clock_of(request)))
    return show(request, MAILS, rows, extra=lambda _found: _leaving(request))


def _mail(request: OfficeRequest, uuid: UUID) -> Mail:
    return get_object_or_404(system.mails(request.employee, own=request.stores), uuid=uuid)


@require_GET
@office("system.view")
def mail_detail(request: OfficeRequest, mail: UUID) -> HttpResponse:
    """One mail and what became of it."""
    found = _mail(request, mail)
    context = {
        "mail": found, "kind": kind_of(found), "delivery": system.delivery_of(found),
        "readable": system.may_read(request.employee, found), "zone": clock_of(request),
    }  # fmt: skip
    return render(request, "backoffice/system/mail.html", context)


@require_GET
@office("system.view")
@csp_update({"style-src": ["'unsafe-inline'"], "sandbox": True})  # type: ignore[arg-type]
def mail_html(request: OfficeRequest, mail: UUID) -> HttpResponse:
    """The mail as a mail program shows it: alone in its tab, its styles inside, and nothing that runs."""
    found = _mail(request, mail)
    if not system.may_read(request.employee, found):
        raise PermissionDenied(_("Only the owner can read this: whoever has it could sign in as its receiver."))
    return HttpResponse(found.html)


class TestMailForm(OfficeForm):
    """Where the test goes."""

    email = forms.CharField(label=gettext_lazy("E-mail"), max_length=254, widget=forms.EmailInput)


@require_http_methods(["GET", "POST"])
@office("system.manage")
def mail_test(request: OfficeRequest) -> HttpResponse:
    """Send a test mail."""
    mine = request.employee.user.email if request.employee.user else ""
    form = TestMailForm(request.POST or None, initial={"email": mine})
    if request.method == "POST":
        language = get_language() or ""
        mail = form.attempt(
            lambda: send_test_mail(by=request.employee, to=form.cleaned_data["email"], language=language, at=now())
        )
        if mail:
            say(request, _("The test mail is on its way."))
            return redirect("office-mail", mail.uuid)
    return render(request, "backoffice/system/mail_test.html", {"form": form}, status=form.status)
