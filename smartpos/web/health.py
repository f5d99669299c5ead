"""Whether the house stands: database, broker, what waits and for how long, when the scheduler looked, room on the disk."""

import shutil
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import DatabaseError, connection
from django.db.models import Min
from django.http import HttpRequest, JsonResponse
from redis import Redis, RedisError

from smartpos.access.guards import public
from smartpos.audit.models import ChainCheck
from smartpos.clock import now
from smartpos.outbox.models import OPEN, Delivery, DeliveryState, OutboxEvent, ProjectionState
from smartpos.scheduling.models import Beat

# Events wait milliseconds; a minute means that nobody relays.
LONGEST_WAIT_S = 60
LEAST_FREE_MB = 200


@public("a load balancer asks; it answers counts and ages only")
def health(request: HttpRequest) -> JsonResponse:
    """200 when all is well, 503 when something is not; each part says which."""
    found: dict[str, Any] = {"build": settings.STATIC_BUILD, "database": "ok", "broker": _broker()}
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
        found["queue_age_s"] = _queue_age()
        found |= _machinery()
    except DatabaseError:
        found["database"] = "down"
    found["disk_free_mb"] = shutil.disk_usage(settings.DATA_DIR).free // 2**20
    well = found["database"] == "ok" and found["broker"] != "down"
    well = well and found.get("queue_age_s", 0) <= LONGEST_WAIT_S and found["disk_free_mb"] >= LEAST_FREE_MB
    return JsonResponse(found, status=200 if well else 503)


def _broker() -> str:
    if not settings.REDIS_URL:
        return "none"
    try:
        with Redis.from_url(settings.REDIS_URL, socket_timeout=1, socket_connect_timeout=1) as redis:
            redis.ping()
    except RedisError:
        return "down"
    return "ok"


def _queue_age() -> int:
    oldest = OutboxEvent.objects.filter(position__isnull=True).order_by("pk").values_list("created_at", flat=True).first()
    return _seconds_since(oldest) or 0


def _machinery() -> dict[str, Any]:
    """For whoever watches. None of it takes a server out of service: a receiver that is away is not our fault."""
    at = now()
    waiting = Delivery.objects.filter(state__in=OPEN, due_at__lte=at).aggregate(oldest=Min("due_at"))
    return {
        "delivery_age_s": _seconds_since(waiting["oldest"]) or 0,
        "dead_letters": Delivery.objects.filter(state=DeliveryState.DEAD).count(),
        "projections_still": ProjectionState.objects.filter(failures__gt=1).count(),
        "audit_breaks": ChainCheck.objects.filter(breaks__gt=0).count(),
        "beat_age_s": _seconds_since(Beat.objects.values_list("at", flat=True).first()),
    }


def _seconds_since(moment: datetime | None) -> int | None:
    return max(0, int((now() - moment).total_seconds())) if moment else None
