"""Reading the staff: whom somebody sees, and what is known of one person."""

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from smartpos.audit.models import Entry
from smartpos.people.models import Employee, EmployeeStore, Invitation, Role, Store
from smartpos.people.services.staff_rules import own_stores

HISTORY = 30

WORDS: dict[str, str | Promise] = {
    "employee.created": _("Hired"),
    "employee.changed": _("Changed"),
    "employee.deactivated": _("Deactivated"),
    "employee.reactivated": _("Reactivated"),
    "employee.sign_in_removed": _("Sign-in removed"),
    "invitation.sent": _("Invitation sent"),
    "invitation.revoked": _("Invitation taken back"),
    "invitation.accepted": _("Invitation accepted"),
    "password.changed": _("Password changed"),
    "password.reset": _("Password chosen anew by a mailed link"),
    "second_factor.on": _("Second step turned on"),
    "second_factor.off": _("Second step turned off"),
    "second_factor.reset": _("Second step reset"),
    "second_factor.codes_renewed": _("Recovery codes made anew"),
    "session.started": _("Signed in to the Backoffice"),
    "session.ended": _("Signed out of the Backoffice"),
    "session.opened": _("Signed in at the till"),
    "session.closed": _("Signed out at the till"),
    "office.refused": _("Backoffice refused: the role does not open it"),
}
FIELDS: dict[str, str | Promise] = {
    "name": _("Full name"), "role": _("Role"), "stores": _("Stores"), "email": _("E-mail"), "phone": _("Phone"),
    "commission": _("Commission"), "language": _("Language"),
}  # fmt: skip


def visible_staff(by: Employee) -> "QuerySet[Employee]":
    """The owner sees everybody; everybody else the people of their stores."""
    staff = Employee.objects.all()
    if by.everywhere_in_business:
        return staff
    here = EmployeeStore.objects.filter(employee=OuterRef("pk"), store_id__in=own_stores(by))
    return staff.filter(Q(Exists(here)) | Q(pk=by.pk))


def working_in(staff: "QuerySet[Employee]", store: Store) -> "QuerySet[Employee]":
    """Those who work in a store; the owner works in every one."""
    return staff.filter(Q(Exists(EmployeeStore.objects.filter(employee=OuterRef("pk"), store=store))) | Q(role=Role.OWNER))


def listed_staff(by: Employee) -> "QuerySet[Employee]":
    """The same with what a list shows: stores, and whether an invitation is open."""
    links = EmployeeStore.objects.select_related("store").order_by("-primary", "store__name")
    invited = Invitation.objects.filter(employee=OuterRef("pk"), used_at__isnull=True, revoked_at__isnull=True)
    return visible_staff(by).annotate(invited=Exists(invited)).prefetch_related(Prefetch("store_links", links))


def open_invitation_of(employee: Employee) -> Invitation | None:
    """The link that was sent and waits."""
    found = Invitation.objects.filter(employee=employee, used_at__isnull=True, revoked_at__isnull=True)
    return found.order_by("-created_at").first()


@dataclass(frozen=True, slots=True)
class Deed:
    """One line of a person's history."""

    at: datetime
    words: str | Promise
    details: list[str]
    by: str


def history(employee: Employee) -> list[Deed]:
    """What the log says of a person, newest first. Office acts only: their chain is the one index that is needed."""
    entries = list(
        Entry.objects.filter(
            business_id=employee.business_id, chain=f"office:{employee.business_id}", subject=f"employee:{employee.uuid}"
        ).order_by("-position")[:HISTORY]
    )
    actors = dict(Employee.objects.filter(pk__in={entry.actor_id for entry in entries}).values_list("pk", "name"))
    return [_deed(entry, actors, employee) for entry in entries]


def _deed(entry: Entry, actors: dict[int, str], employee: Employee) -> Deed:
    by = "" if entry.actor_id == employee.pk else actors.get(entry.actor_id or 0, "")
    return Deed(entry.at, WORDS.get(entry.action, entry.action), _details(json.loads(entry.data)), by)


def _details(data: dict[str, Any]) -> list[str]:
    changes = data.get("changes") or {}
    details = [str(FIELDS.get(key, key)) if text == "…" else f"{FIELDS.get(key, key)}: {text}" for key, text in changes.items()]
    details += [str(words) for key, words in (("pin_changed", _("New PIN")), ("card_changed", _("Card"))) if data.get(key)]
    return [*details, *([str(_("by PIN"))] if data.get("by") == "pin" else [])]
