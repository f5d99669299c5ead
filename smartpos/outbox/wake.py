"""Telling the workers to look now. The tables are the queue; losing a wake-up costs at most one tick."""

import logging
from functools import partial

from celery import current_app
from django.conf import settings
from django.db import transaction
from kombu.exceptions import OperationalError

logger = logging.getLogger(__name__)
RELAY, DELIVER = "outbox.relay", "outbox.deliver"


def after_commit(task: str = RELAY) -> None:
    """With a broker, say so once the transaction stands; embedded, the commit itself is the wake-up: the worker watches."""
    if settings.REDIS_URL:
        transaction.on_commit(partial(send, task))


def send(task: str) -> None:
    """Put the wake-up on the broker now."""
    try:
        current_app.send_task(task, expires=30, ignore_result=True, retry=False)
    except (OperationalError, OSError):
        # The sale stands and the tick finds its event: a dead broker must not slow the till's answer.
        logger.warning("the broker does not answer; the tick will look")
