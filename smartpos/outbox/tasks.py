"""Jobs of the outbox."""

from datetime import timedelta
from typing import Any

from celery import shared_task

from smartpos.clock import now
from smartpos.outbox.models import OutboxEvent
from smartpos.outbox.relay import relay

KEPT = timedelta(days=7)


@shared_task(name="outbox.relay", ignore_result=True)  # type: ignore[untyped-decorator]
def relay_tick(**_newer: Any) -> int:
    """Place what waits."""
    return relay()


@shared_task(name="outbox.prune", ignore_result=True)  # type: ignore[untyped-decorator]
def prune(**_newer: Any) -> int:
    """Drop events that every reader has long seen: the outbox is a queue and no ledger."""
    count, _tables = OutboxEvent.objects.filter(position__isnull=False, created_at__lt=now() - KEPT).delete()
    return count
