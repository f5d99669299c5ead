"""What beat starts."""

from typing import Any

from celery import shared_task

from smartpos.clock import now
from smartpos.scheduling.services import tick


@shared_task(name="scheduling.tick", ignore_result=True)  # type: ignore[untyped-decorator]
def schedule_tick(**_newer: Any) -> None:
    """Plan what is due."""
    tick(now())
