"""Mails about shifts: opened, closed, closed by itself (SHF-20 to SHF-22). Written in the act's transaction, sent after it."""

from collections.abc import Iterator

from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.utils.translation import override

from pos.models import Shift
from pos.selectors.shift_report import Report, report_of
from pos.selectors.shift_words import Section, sections_of
from smartpos.audit.actions import link_of
from smartpos.mail.mailing import recipients_of
from smartpos.mail.rendering import Rich
from smartpos.mail.services import send_mail
from smartpos.web.origin import link_in_mail
from smartpos.web.templatetags.smartpos import amount, moment

OPENED, CLOSED, AUTO = "shift_opened", "shift_closed", "shift_auto_closed"
# A mail is read; a shift with more has its list in the Backoffice.
MOST_RECEIPTS = 1000


def mail_opened(shift: Shift) -> None:
    """Employee, store, opening cash, time."""
    _send(OPENED, shift, {})


def mail_closed(shift: Shift) -> None:
    """The whole report; at once where it closed itself."""
    kind = AUTO if shift.not_counted else CLOSED
    if not recipients_of(kind, shift.store):
        return
    with override(shift.business.language):
        report = report_of(shift)
        sections, receipts = sections_of(report), list(report.receipts[:MOST_RECEIPTS])
        context = {
            "shift": shift, "report": report, "sections": sections, "currency": shift.store.currency, "receipts": receipts,
        }  # fmt: skip
        rich = Rich("\n".join(_lines(report, sections)), html=render_to_string("pos/mail/_shift.html", context))
    _send(kind, shift, {"report": rich})


def _send(kind: str, shift: Shift, more: dict[str, str]) -> None:
    addresses = recipients_of(kind, shift.store)
    if not addresses:
        return
    store, language = shift.store, shift.business.language
    with override(language):
        context = {
            "employee_name": shift.opened_by.name, "store_name": store.name, "terminal_name": shift.terminal.name,
            "opening_cash": amount(shift.opening_float, store.currency), "opened": moment(shift.opened_at, store.time_zone),
            "link": link_in_mail(link_of(f"shift:{shift.uuid}"), _("Open the shift")), **more,
        }  # fmt: skip
    for to in addresses:
        send_mail(type=kind, to=to, context=context, language=language, key=f"{kind}:{shift.uuid}:{to}")


def _lines(report: Report, sections: list[Section]) -> Iterator[str]:
    """The report without its lists, for programs that show no HTML."""
    currency = report.shift.store.currency
    for section in sections:
        yield section.title
        yield from (f"  {row.label}: {amount(row.amount, currency)}" for row in section.rows)
    for act in report.parked:
        total = "" if act.total is None else f" {amount(act.total, currency)}"
        yield _("Not in these figures:") + f" {act.words}{total}. {act.reason}"
    for one in report.checklists:
        missing = " · " + _("Not done:") + " " + ", ".join(one["missing"]) if one["missing"] else ""
        yield f"{one['name']}: {one['done']}/{one['tasks']}{missing}"
    if report.shift.not_counted:
        yield _("Nobody counted the drawer.")
    if report.shift.difference_reason:
        yield report.shift.difference_reason
