"""What somebody may see at the bell, and what of it is new to them."""

from datetime import datetime, timedelta
from typing import Any

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery

from smartpos.access.modules import section_on
from smartpos.access.permissions import allowed
from smartpos.access.settings import value
from smartpos.clock import now
from smartpos.notifications.kinds import kinds
from smartpos.notifications.models import Notification, ReadMark, ReadNote
from smartpos.people.models import Employee, Store

# More is said as «99+».
MOST = 100
PANEL = 12
# To somebody who has never read anything, what is older is not new.
FIRST_LOOK = timedelta(days=3)


def bell_shown(store: Store | None = None) -> bool:
    """Whether there is a bell (NTF-12)."""
    return bool(value("notify.bell", store=store))


def visible(employee: Employee) -> "QuerySet[Any]":
    """Those of the kinds that the person's rights cover, of their stores and of the whole business (NTF-11)."""
    codes = [kind.code for kind in kinds() if allowed(employee, kind.permission) and section_on(kind.permission)]
    rows = Notification.objects.filter(shown=True, kind__in=codes)
    if not employee.everywhere_in_business:
        rows = rows.filter(Q(store=None) | Q(store__in=[link.store_id for link in employee.store_links.all()]))
    return rows


def unread(rows: "QuerySet[Any]", employee: Employee, *, at: datetime | None = None) -> "QuerySet[Any]":
    """Those above the person's mark that they have not read one by one."""
    marks = ReadMark.objects.filter(employee=employee)
    notes = ReadNote.objects.filter(employee=employee, notification=OuterRef("pk"), seq__gte=OuterRef("seq"))
    began = Q(mark__isnull=False) | Q(at__gte=(at or now()) - FIRST_LOOK)
    rows = rows.annotate(mark=Subquery(marks.values("up_to")[:1]))
    return rows.filter(began).filter(Q(mark=None) | Q(seq__gt=F("mark"))).filter(~Exists(notes))


def unread_count(employee: Employee) -> int:
    """How many are new; at most `MOST`. One statement."""
    return int(unread(visible(employee), employee)[:MOST].count())


def at_store(rows: "QuerySet[Any]", store: Store) -> "QuerySet[Any]":
    """Those of one store and those of the whole business."""
    return rows.filter(Q(store=None) | Q(store=store))


def unread_here(employee: Employee, store: Store) -> int:
    """How many of a store's are new. One statement."""
    return int(unread(at_store(visible(employee), store), employee)[:MOST].count())


def newest(employee: Employee, *, store: Store | None = None) -> list[Notification]:
    """What the panel shows: the newest, each with `fresh`. At a till those of its store alone. Two statements."""
    rows = visible(employee)
    if store is not None:
        rows = at_store(rows, store)
    found: list[Any] = list(rows.select_related("store").order_by("-seq")[:PANEL])
    return mark_fresh(found, employee)


def mark_fresh(found: list[Any], employee: Employee) -> list[Any]:
    """Say of each whether it is new to the person. One statement."""
    rows = Notification.objects.filter(pk__in=[row.pk for row in found])
    fresh = set(unread(rows, employee).values_list("pk", flat=True))
    for row in found:
        row.fresh = row.pk in fresh
    return found
