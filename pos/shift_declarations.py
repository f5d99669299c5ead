"""What shifts, cash and the day's end tell the kernel."""

from datetime import timedelta

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from pos.services import autoclose, shift_mails
from pos.services.day_reports import MAKE
from pos.services.shift_office import CLOSE, CORRECT
from smartpos.access.modules import Module, declare_module
from smartpos.access.permissions import OFFICE_ROLES, Permission, declare, declare_groups
from smartpos.access.settings import STORE
from smartpos.audit.actions import Action, declare_actions, declare_link, declare_words
from smartpos.mail.mailing import declare_mailing
from smartpos.mail.types import MailType, Variable, declare_mail
from smartpos.people.models import Role
from smartpos.scheduling.jobs import Job, Per, declare_job
from smartpos.web.navigation import Entry, declare_entries

declare(
    Permission("shifts.view", _("See shifts, cash and the day's end in the Backoffice"), OFFICE_ROLES),
    Permission(CLOSE, _("Close shifts from the Backoffice"), OFFICE_ROLES),
    Permission(CORRECT, _("Correct closed shifts"), OFFICE_ROLES),
    Permission("shifts.export", _("Take lists of shifts and cash away as a file"), OFFICE_ROLES),
    Permission("report.x", _("Read the X report at the till"), OFFICE_ROLES, till=True),
    Permission(MAKE, _("Make the Z report"), OFFICE_ROLES, till=True),
    Permission("shift.preview", _("Look at the till without a shift"), (Role.OWNER, Role.ADMIN), till=True),
)

declare_groups({"shifts": _("Shifts in the Backoffice")})
declare_module(Module("shifts", _("Shifts and cash"), groups=("shifts",)))
declare_entries(
    Entry("office-shifts", _("Shifts"), "clock", "shifts.view", 30),
    Entry("office-cash", _("Cash tracking"), "wallet", "shifts.view", 32),
    Entry("office-z-reports", _("Z reports"), "badge-check", "shifts.view", 34),
)

_SHIFT = (
    Variable("employee_name", _("Name"), "Amra Hadžić"), Variable("store_name", _("Store"), "Baščaršija Market"),
    Variable("terminal_name", _("Terminal"), "Kasa 1"), Variable("opening_cash", _("Opening cash"), "200,00 KM"),
    Variable("opened", _("Opened"), "26.11.2026. 08:00"),
    Variable("link", _("A line that leads to the shift"), "Otvori smjenu: https://pos.example/…"),
)  # fmt: skip
_REPORT = Variable("report", _("Shift report"), "…")

declare_mail(
    MailType(shift_mails.OPENED, _("Shift opened"), _SHIFT),
    MailType(shift_mails.CLOSED, _("Shift closed"), (*_SHIFT, _REPORT)),
    MailType(shift_mails.AUTO, _("Shift closed by itself"), (*_SHIFT, _REPORT)),
)

declare_mailing(shift_mails.OPENED, _("A shift was opened"), on=True, levels=STORE)
declare_mailing(
    shift_mails.CLOSED,
    _("A shift was closed"),
    help=_("The whole report: receipts, payments, drawer, movements."),
    on=True,
    levels=STORE,
)
declare_mailing(shift_mails.AUTO, _("A shift closed by itself"), help=_("The whole report."), on=True, levels=STORE)

# Every minute and not once a day: what an offline till opened yesterday arrives at any time, and a cut-off may be moved.
declare_job(
    Job("shift.autoclose", _("Close forgotten shifts"), autoclose.close_overdue, per=Per.BUSINESS, every=timedelta(minutes=1))
)

declare_words(groups={"report": _("Reports")})
declare_actions(
    Action("shift.auto_closed", _("Shift closed by itself")),
    Action("report.z", _("Z report")),
    Action("shift.closed_in_office", _("Shift closed in the Backoffice")),
    Action("shift.corrected", _("Closed shift corrected")),
)
declare_link("shift", lambda key: reverse("office-shift", args=[key]))
