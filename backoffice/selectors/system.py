"""Deliveries, jobs and mail as somebody may see them."""

from django.db.models import Case, F, OuterRef, Q, QuerySet, Subquery, Value, When

from backoffice.selectors.audit import sees_everything
from smartpos.mail.models import Mail
from smartpos.mail.services import KIND
from smartpos.outbox.models import OPEN, Delivery, DeliveryState, ProjectionState
from smartpos.people.models import Employee, Role, Store
from smartpos.scheduling.models import JobRun, Schedule


def deliveries(employee: Employee, *, own: list[Store], chosen: Store | None = None) -> QuerySet[Delivery]:
    """Of all their stores or the chosen one; those of no store for whoever works in all of them."""
    return _of_stores(Delivery.objects.filter(business_id=employee.business_id), employee, own=own, chosen=chosen)


def mails(employee: Employee, *, own: list[Store], chosen: Store | None = None) -> QuerySet[Mail]:
    """Mail of all their stores or the chosen one."""
    return _of_stores(Mail.objects.all(), employee, own=own, chosen=chosen)


def delivery_of(mail: Mail) -> Delivery | None:
    """What became of a mail."""
    return Delivery.objects.filter(kind=KIND, key=str(mail.uuid)).first()


def may_read(employee: Employee, mail: Mail) -> bool:
    """The text of a secret mail opens somebody's account: only the owner reads it here."""
    return not mail.secret or employee.role == Role.OWNER


def schedules(employee: Employee, *, own: list[Store], chosen: Store | None = None) -> QuerySet[Schedule]:
    """Jobs of all their stores or the chosen one; the installation's own for whoever works in all of them. With the last run of each."""
    mine = Q(business_id=employee.business_id)
    rows = Schedule.objects.filter(mine | Q(business_id__isnull=True))
    last = JobRun.objects.filter(schedule=OuterRef("pk")).exclude(started_at__isnull=True).order_by("-planned_at")
    rows = _of_stores(rows, employee, own=own, chosen=chosen)
    zone = own[0].time_zone if own else "UTC"
    return rows.annotate(
        clock=Case(When(business_id__isnull=True, then=Value(zone)), default=F("zone")),
        last_at=Subquery(last.values("started_at")[:1]), last_state=Subquery(last.values("state")[:1]),
        last_note=Subquery(last.values("note")[:1]),
        store=Subquery(Store.objects.filter(pk=OuterRef("store_id")).values("name")[:1]),
    )  # fmt: skip


def _of_stores(rows: QuerySet, employee: Employee, *, own: list[Store], chosen: Store | None = None) -> QuerySet:  # type: ignore[type-arg]
    if chosen is not None:
        return rows.filter(store_id=chosen.pk)
    return rows if sees_everything(employee, own) else rows.filter(store_id__in=[store.pk for store in own])


def waiting(rows: QuerySet[Delivery]) -> dict[str, int]:
    """How many wait, and how many were given up; one statement."""
    states = list(rows.filter(state__in=(*OPEN, DeliveryState.DEAD)).values_list("state", flat=True)[:10_000])
    dead = sum(state == DeliveryState.DEAD for state in states)
    return {"dead": dead, "open": len(states) - dead}


def standing_still() -> list[ProjectionState]:
    """Projections that cannot go on, with the reason."""
    return list(ProjectionState.objects.filter(failures__gt=0).order_by("name"))
