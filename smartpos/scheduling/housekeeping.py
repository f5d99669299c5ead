"""The kernel's own jobs: queues and counters lose what nobody needs any more, and the audit chains are read again."""

from datetime import datetime, timedelta

from django.contrib.sessions.models import Session
from django.db.models import Model, QuerySet

from smartpos.audit.verify import check
from smartpos.context import current
from smartpos.outbox.models import Delivery, DeliveryState, OutboxEvent
from smartpos.outbox.subscriptions import slowest_place
from smartpos.people.models import EnrolmentCode, Invitation, OfficeSession, OfficeTicket, PasswordReset, Throttle
from smartpos.people.services.throttle import FORGOTTEN_AFTER
from smartpos.scheduling.models import JobRun

EVENTS_KEPT = timedelta(days=7)
DELIVERIES_KEPT = timedelta(days=30)
RUNS_KEPT = timedelta(days=30)
CODES_KEPT = timedelta(days=7)
# By its sessions a browser is known again: whoever comes back within this time gets no letter about a new one.
SESSIONS_KEPT = timedelta(days=180)
BATCH = 2000


def prune_outbox(at: datetime) -> str:
    """Events that every reader has seen a week ago, deliveries that ended a month ago. What was given up stays until somebody looks."""
    events = OutboxEvent.objects.filter(position__isnull=False, created_at__lt=at - EVENTS_KEPT)
    place = slowest_place()
    if place is not None:
        events = events.filter(position__lte=place)
    ended = Delivery.objects.filter(
        finished_at__lt=at - DELIVERIES_KEPT, state__in=(DeliveryState.DONE, DeliveryState.DISCARDED)
    )
    return f"{_drop(events)} events, {_drop(ended)} deliveries"


def forget_runs(at: datetime) -> str:
    """Runs of jobs that are a month old."""
    return f"{_drop(JobRun.objects.filter(planned_at__lt=at - RUNS_KEPT))} runs"


def forget_counters(at: datetime) -> str:
    """Failure counters that count no more, codes and links that are good for nothing, sessions that are over.

    The audit log keeps who made, used and ended them.
    """
    counters = _drop(Throttle.objects.filter(last_at__lt=at - 2 * FORGOTTEN_AFTER))
    once = (EnrolmentCode.everywhere, OfficeTicket.everywhere, Invitation.everywhere, PasswordReset.objects)
    codes = sum(_drop(rows.filter(expires_at__lt=at - CODES_KEPT)) for rows in once)
    sessions = _drop(Session.objects.filter(expire_date__lt=at))
    sessions += _drop(OfficeSession.objects.filter(seen_at__lt=at - SESSIONS_KEPT))
    return f"{counters} counters, {codes} codes, {sessions} sessions"


def verify_audit(at: datetime) -> str:
    """Read the business's chains again, every hash."""
    business_id = current().business_id
    if business_id is None:
        raise LookupError("chains are checked per business")
    found = check(business_id, at=at)
    return f"{found.entries} entries, {found.breaks} breaks"


def _drop(rows: QuerySet[Model]) -> int:
    """Delete in portions, so that nobody waits long for the writer's place."""
    count = 0
    while keys := list(rows.order_by("pk").values_list("pk", flat=True)[:BATCH]):
        rows.model._base_manager.filter(pk__in=keys).delete()
        count += len(keys)
    return count
