"""Telling the relay to look now. The table is the queue; losing a wake-up costs at most one tick."""

import logging

from celery import current_app
from django.conf import settings
from django.db import transaction
from kombu.exceptions import OperationalError

logger = logging.getLogger(__name__)


def after_commit() -> None:
    """With a broker, say so once the transaction stands; embedded, the commit itself is the wake-up: the worker watches."""
    if settings.REDIS_URL:
        transaction.on_commit(_send)


def _send() -> None:
    try:
        current_app.send_task("outbox.relay", expires=30, ignore_result=True, retry=False)
    except (OperationalError, OSError):
        # The sale stands and the tick finds its event: a dead broker must not slow the till's answer.
        logger.warning("the broker does not answer; the tick will relay")
