"""The list of everything that was told."""

from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from smartpos.access.modules import section_on
from smartpos.access.permissions import allowed
from smartpos.notifications.kinds import kinds
from smartpos.notifications.models import Loudness, Notification
from smartpos.notifications.services.telling import read_one
from smartpos.web.lists import Bulk, Choice, Column, Dates, Empty, OfficeList, own_page
from smartpos.web.pages import OfficeRequest


def kinds_for(request: OfficeRequest) -> list[tuple[str, str]]:
    """The kinds that this person may see."""
    seen = [kind for kind in kinds() if allowed(request.employee, kind.permission) and section_on(kind.permission)]
    return [(kind.code, str(kind.label)) for kind in seen]


def read_chosen(request: OfficeRequest, rows: list[Notification]) -> str:
    """Mark the chosen ones as read."""
    for row in rows:
        read_one(row, by=request.employee)
    return _("Marked as read.")


def only_unread(rows: "QuerySet[Any]", value: str) -> "QuerySet[Any]":
    """The view says of each row whether it is new to the person."""
    return rows.filter(fresh=value == "yes")


def zone_of(row: Notification) -> ZoneInfo:
    """The clock of its store; of the reader where it belongs to none."""
    return ZoneInfo(row.store.time_zone if row.store else row.zone)  # type: ignore[attr-defined]


NOTIFICATIONS = OfficeList(
    code="notifications",
    title=gettext_lazy("Notifications"),
    order="-at",
    address=own_page("office-notification"),
    above="notifications/_read_all.html",
    columns=(
        Column(
            code="what", label=gettext_lazy("What"), value=lambda row: row.title, template="notifications/_what.html"
        ),
        Column(code="severity", label=gettext_lazy("Importance"), value=lambda row: row.get_severity_display(), shown=False),
        Column(code="store", label=gettext_lazy("Store"), value=lambda row: row.store.name if row.store else None),
        Column(code="at", label=gettext_lazy("Time"), value=lambda row: row.at.astimezone(zone_of(row)), sort="seq"),
    ),
    filters=(
        Choice(
            code="unread", label=gettext_lazy("State"), where=only_unread,
            options=(("yes", gettext_lazy("Unread")), ("no", gettext_lazy("Read"))),
        ),
        Choice(code="kind", label=gettext_lazy("Kind"), options=kinds_for, where="kind"),
        Choice(code="severity", label=gettext_lazy("Importance"), options=Loudness.choices, where="severity"),
        Dates(field="at", label=gettext_lazy("Days"), moment=True),
    ),
    bulk=(
        Bulk(code="read", label=gettext_lazy("Mark as read"), icon="check", permission="office.enter", act=read_chosen),
    ),
    empty=Empty(
        picture="bell", title=gettext_lazy("Nothing has happened yet"),
        sentence=gettext_lazy("Shifts, refunds, voids and discounts above the limit are told here."),
    ),
)  # fmt: skip
