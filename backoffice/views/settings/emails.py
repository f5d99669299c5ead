"""The texts of mails: a list of types, and an editor with the variables of each, a live preview and a test (SET-16)."""

from typing import Any

from csp.constants import SELF
from csp.decorators import csp_replace, csp_update
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from backoffice.forms.email import MailTextForm
from backoffice.services.system import send_sample_mail
from backoffice.views.settings.pages import pages_for
from smartpos.access.guards import office
from smartpos.access.services.settings import may_change
from smartpos.access.settings import tab_of
from smartpos.clock import now
from smartpos.errors import DomainError
from smartpos.mail import texts
from smartpos.mail.rendering import Texts, samples
from smartpos.mail.rendering import render as render_mail
from smartpos.mail.types import COMMON, MailType
from smartpos.web.pages import OfficeRequest, render, say

TAB = "email-templates"


def frame(request: OfficeRequest) -> dict[str, Any]:
    """What stands around every page of these."""
    return {"tab": tab_of(TAB), "groups": pages_for(request.employee, TAB), "may": may_change(request.employee, None)}


@require_GET
@office("settings.manage")
def email_list(request: OfficeRequest) -> HttpResponse:
    """Every type, and in which languages its texts are the business's own."""
    own = texts.written()
    rows = [
        (kind, [(code, name, f"{kind.code}-{code}", (kind.code, code) in own) for code, name in settings.LANGUAGES])
        for kind in texts.editable()
    ]
    return render(request, "backoffice/settings/emails.html", {**frame(request), "rows": rows})


def _found(text: str) -> tuple[MailType, str]:
    """Type and language of an address («shift_opened-en»)."""
    code, _dash, language = text.rpartition("-")
    kind = next((kind for kind in texts.editable() if kind.code == code), None)
    if kind is None or language not in dict(settings.LANGUAGES):
        raise Http404
    return kind, language


@require_http_methods(["GET", "POST"])
@office("settings.manage")
@csp_update({"frame-src": [SELF]})  # type: ignore[arg-type]
def email_edit(request: OfficeRequest, text: str) -> HttpResponse:
    """One type in one language."""
    kind, language = _found(text)
    current = texts.texts_in_force(kind, language)
    form = MailTextForm(kind, request.POST or None, initial={"subject": current.subject, "html": current.html})
    if request.method == "POST":
        _assert_may(request)
        given = form.attempt(lambda: _save(request, kind, language, form))
        if given:
            say(request, _("The text is saved. The next mail has it."))
            return redirect("office-settings-email", text)
    context = {
        **frame(request), "form": form, "kind": kind, "text": text, "language": dict(settings.LANGUAGES)[language],
        "variables": (*COMMON, *kind.variables), "known": " ".join(sorted(kind.names)),
        "own": (kind.code, language) in texts.written(),
        "others": [(name, f"{kind.code}-{code}") for code, name in settings.LANGUAGES if code != language],
    }  # fmt: skip
    return render(request, "backoffice/settings/email.html", context, status=form.status)


def _save(request: OfficeRequest, kind: MailType, language: str, form: MailTextForm) -> bool:
    data = form.cleaned_data
    texts.save_text(kind, language, subject=data["subject"], html=data["html"], by=request.employee, at=now())
    return True


def _assert_may(request: OfficeRequest) -> None:
    """Texts hold for all stores: whoever works in some of them reads them only."""
    if not may_change(request.employee, None):
        raise PermissionDenied(_("These hold for all stores, and you work in some of them."))


@require_POST
@office("settings.manage")
@xframe_options_sameorigin
@csp_replace({"frame-ancestors": [SELF]})
@csp_update({"style-src": ["'unsafe-inline'"], "sandbox": True})  # type: ignore[arg-type]
def email_preview(request: OfficeRequest, text: str) -> HttpResponse:
    """The mail with samples, from what stands in the form, saved or not; in a frame of its own, where nothing runs."""
    kind, language = _found(text)
    subject, html = request.POST.get("subject", "")[:400], request.POST.get("html", "")[: texts.LONGEST_BODY + 1]
    wrong = list(texts.problems_of(kind, subject, html))
    if wrong:
        sentences = {"problems": [sentence for _field, sentence in wrong]}
        return HttpResponse(render_to_string("email/preview_wrong.html", sentences, request))
    values = {**samples(kind), "business_name": request.business.name}
    made = render_mail(kind, language, values, Texts(subject, texts.plain(html), html))
    shown = {"subject": made.subject, "to": _own_address(request) or "ana@firm.example", "html": made.html}
    return HttpResponse(render_to_string("email/preview.html", shown, request))


@require_POST
@office("settings.manage")
def email_reset(request: OfficeRequest, text: str) -> HttpResponse:
    """Put the shipped text back."""
    kind, language = _found(text)
    _assert_may(request)
    texts.reset_text(kind, language, by=request.employee, at=now())
    say(request, _("The text is as shipped again."))
    return redirect("office-settings-email", text)


@require_POST
@office("settings.manage")
def email_try(request: OfficeRequest, text: str) -> HttpResponse:
    """Send the saved text with samples to whoever asks."""
    kind, language = _found(text)
    try:
        mail = send_sample_mail(kind, by=request.employee, to=_own_address(request), language=language, at=now())
    except DomainError as error:
        say(request, error.message)
        return redirect("office-settings-email", text)
    say(request, _("A sample is on its way to %(to)s.") % {"to": mail.to})
    return redirect("office-settings-email", text)


def _own_address(request: OfficeRequest) -> str:
    return request.employee.user.email if request.employee.user else request.employee.email
