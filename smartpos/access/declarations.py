"""Permissions and settings about what lies in the kernel, and what the groups of rights are called."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from smartpos.access.currency import SPACE
from smartpos.access.kinds import Choice, Flag, Text
from smartpos.access.permissions import OFFICE_ROLES, Permission, declare, declare_groups
from smartpos.access.settings import STORE, Section, Setting, Tab, declare_settings, declare_tab
from smartpos.audit.actions import Action, declare_actions, declare_words
from smartpos.errors import DomainError
from smartpos.people.models import PosMode, Role

declare_words(
    groups={
        "session": _("Sign-in"), "pin": _("PIN"), "employee": _("People"), "business": _("Business"), "store": _("Stores"),
        "terminal": _("Terminals"), "device": _("Devices"), "permissions": _("Permissions"), "settings": _("Settings"),
        "approval": _("Approvals"), "operation": _("Operations"), "list": _("Exports"),
        "audit": _("Audit log"), "delivery": _("Deliveries"), "job": _("Jobs"), "mail": _("Mail"), "backup": _("Backups"),
        "invitation": _("Invitations"), "password": _("Passwords"), "second_factor": _("Second step"), "office": _("Backoffice"),
    },
    fields={
        "name": _("Name"), "role": _("Role"), "active": _("Active"), "code": _("Code"), "terminal": _("Terminal"),
        "store": _("Store"), "series": _("Series"), "reason": _("Reason"), "by": _("By"), "asked_by": _("Asked by"),
        "amounts": _("Amounts"), "locked": _("Locked out"), "query": _("Filter"), "rate": _("Rate"), "mode": _("Kind of shop"),
        "pin_changed": _("PIN changed"), "password_changed": _("Password changed"), "address": _("Address"),
        "time_zone": _("Time zone"), "currency": _("Currency"), "language": _("Language"), "legal_name": _("Legal name"),
        "tax_number": _("Tax number"), "error": _("Error"), "kind": _("Kind"), "to": _("To"), "job": _("Job"),
        "device": _("Device"), "method": _("Signed in with"), "offline": _("Offline"), "note": _("Note"), "done": _("Done"),
        "form": _("Format"), "stores": _("Stores"), "country": _("Country"),
    },
    values={"role": dict(Role.choices), "mode": dict(PosMode.choices)},
)  # fmt: skip
declare_actions(
    Action("session.started", _("Signed in")),
    Action("session.ended", _("Signed out")),
    Action("session.opened", _("Began at the till")),
    Action("session.closed", _("Left the till")),
    Action("password.changed", _("Password changed")),
    Action("password.reset", _("Password set anew by a mailed link")),
    Action("second_factor.on", _("Second step turned on")),
    Action("second_factor.off", _("Second step turned off")),
    Action("second_factor.codes_renewed", _("Recovery codes made anew")),
    Action("second_factor.reset", _("Second step taken off by the owner")),
    Action("invitation.sent", _("Invitation sent")),
    Action("invitation.accepted", _("Invitation accepted")),
    Action("invitation.revoked", _("Invitation taken back")),
    Action("office.refused", _("Refused at the Backoffice's door")),
    Action("pin.locked_out", _("Locked out after wrong PINs")),
    Action("employee.created", _("Person added")),
    Action("employee.changed", _("Person changed")),
    Action("employee.deactivated", _("Employee deactivated")),
    Action("employee.reactivated", _("Employee taken back")),
    Action("employee.sign_in_removed", _("Sign-in of a person removed")),
    Action("business.founded", _("Business founded")),
    Action("business.set_up", _("Business set up")),
    Action("business.changed", _("Business changed")),
    Action("store.created", _("Store opened")),
    Action("store.changed", _("Store changed")),
    Action("store.archived", _("Store closed for good")),
    Action("store.restored", _("Store taken back")),
    Action("terminal.created", _("Terminal added")),
    Action("terminal.changed", _("Terminal changed")),
    Action("terminal.archived", _("Terminal taken out of use")),
    Action("terminal.restored", _("Terminal taken back")),
    Action("device.code_made", _("Code made for a device")),
    Action("device.enrolled", _("Device enrolled")),
    Action("device.renamed", _("Device renamed")),
    Action("device.revoked", _("Device revoked")),
    Action("device.moved", _("Device moved to another terminal")),
    Action("permissions.changed", _("Rights of roles changed")),
    Action("settings.changed", _("Settings changed")),
    Action("approval.given", _("Approval given")),
    Action("approval.refused", _("Approval refused")),
    Action("approval.used", _("Approval used")),
    Action("operation.review", _("Operation kept for review")),
    Action("operation.retried", _("Operation kept for review tried again")),
    Action("list.exported", _("List exported")),
    Action("delivery.retried", _("Delivery repeated")),
    Action("delivery.discarded", _("Delivery discarded")),
    Action("job.started", _("Job started by hand")),
    Action("audit.verification_asked", _("Verification of the audit log asked for")),
    Action("mail.test_sent", _("Test mail sent")),
)

declare_groups(
    {
        "sale": _("Selling"),
        "refund": _("Refunds"),
        "shift": _("Shifts"),
        "sales": _("Sales in the Backoffice"),
        "product": _("Products"),
        "device": _("Devices"),
        "employee": _("Employees"),
        "settings": _("Settings"),
        "permission": _("Permissions"),
        "office": _("Backoffice"),
        "dashboard": _("Dashboard"),
        "audit": _("Audit log"),
        "system": _("System"),
    }
)

declare(
    Permission("device.manage", _("Enrol and revoke devices"), OFFICE_ROLES),
    Permission("employee.manage", _("See, hire and change employees"), OFFICE_ROLES),
    Permission("employee.export", _("Take lists of employees away as a file"), OFFICE_ROLES),
    Permission("settings.manage", _("Change settings"), OFFICE_ROLES),
    Permission("audit.view", _("Read the audit log and have it verified"), OFFICE_ROLES),
    Permission("audit.export", _("Take the audit log away as a file"), OFFICE_ROLES),
    Permission("system.view", _("See jobs, mail and what waits to be delivered"), OFFICE_ROLES),
    Permission("system.manage", _("Run jobs, repeat and discard deliveries"), OFFICE_ROLES),
    Permission("permission.manage", _("Change what roles may do"), OFFICE_ROLES),
)


def _check_separators(values: Mapping[str, Any]) -> None:
    mark, group = values["currency.decimal"], values["currency.thousands"]
    if bool(mark) != bool(group):
        raise DomainError(gettext("Choose both separators, or leave both to the language."), field="currency.thousands")
    if mark and mark == group:
        raise DomainError(gettext("The decimal and the thousands separator cannot be the same."), field="currency.thousands")


BY_LANGUAGE = ("", _("As the language writes it"))

FORMAT = Section(
    "format", _("How amounts are written"),
    _("On screens, receipts, e-mails and PDFs. Files for computers (CSV) keep a plain point."),
)  # fmt: skip

CASH = Section(
    "cash", _("Rounding of cash"),
    _("Where there are no small coins. Only the part that is paid in cash is rounded; the difference stands on the receipt."),
)  # fmt: skip
STEPS = ("0.05", "0.10", "0.20", "0.50", "1", "5", "10")

declare_tab(
    Tab(
        "currency",
        _("Currency"),
        "coins",
        30,
        (FORMAT, CASH),
        words=_("money symbol separator comma point cash rounding coins"),
        check=_check_separators,
    )
)
declare_settings(
    Setting(
        "currency.symbol", Text(longest=6), default="", label=_("Symbol"), levels=STORE, tab="currency", section="format", till=True,
        help=_("Such as KM, € or $. Empty: the usual sign of the currency."),
    ),
    Setting(
        "currency.position", Choice((("after", _("After: 10 KM")), ("before", _("Before: $10")))), default="after",
        label=_("Place of the symbol"), levels=STORE, tab="currency", section="format", till=True,
    ),
    Setting(
        "currency.decimal", Choice((BY_LANGUAGE, (",", _("Comma: 9,90")), (".", _("Point: 9.90")))), default="",
        label=_("Decimal separator"), levels=STORE, tab="currency", section="format", till=True,
    ),
    Setting(
        "currency.thousands",
        Choice((BY_LANGUAGE, (".", _("Point: 1.000")), (",", _("Comma: 1,000")), (SPACE, _("Space: 1 000")))), default="",
        label=_("Thousands separator"), levels=STORE, tab="currency", section="format", till=True,
    ),
    Setting(
        "currency.cash_step", Choice((("0", _("Not rounded")), *((step, step) for step in STEPS))), default="0",
        label=_("Smallest coin"), levels=STORE, tab="currency", section="cash", till=True,
        help=_("Cash is rounded to it, half of it upward. A step that the currency of a store does not know is not used there."),
    ),
    Setting(
        "currency.exact_coins", Flag(), default=False, label=_("Take exact coins"), levels=STORE, tab="currency", section="cash",
        till=True, help=_("Whoever lays down exactly what is due pays exactly that, without rounding. Off: it is refused."),
    ),
)  # fmt: skip

declare_tab(
    Tab(
        "modules", _("Modules"), "boxes", 410,
        (
            Section("pos", _("At the till"), _("What is off is absent from the till's menu, and the server refuses it.")),
            Section("office", _("In the Backoffice"), _("What is off leaves the menu, and its pages refuse.")),
        ),
        words=_("switch on off parts menu hide"),
    )
)  # fmt: skip
