"""The Celery application: Redis where there is one, the worker's own memory where there is not."""

import os

from celery import Celery
from django.conf import settings

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "smartpos.settings")

app = Celery("smartpos")
app.conf.update(
    broker_url=settings.REDIS_URL or "memory://localhost",
    broker_connection_retry_on_startup=True,
    broker_transport_options={"socket_timeout": 2, "socket_connect_timeout": 1},
    task_ignore_result=True,
    task_acks_late=True,
    task_reject_on_worker_lost=True,
    worker_prefetch_multiplier=1,
    worker_hijack_root_logger=False,
    timezone="UTC",
    beat_schedule={
        "relay": {"task": "outbox.relay", "schedule": 5.0, "options": {"expires": 5}},
        "schedule": {"task": "scheduling.tick", "schedule": 20.0, "options": {"expires": 20}},
        "deliver": {"task": "outbox.deliver", "schedule": 5.0, "options": {"expires": 5}},
    },
)
app.autodiscover_tasks()
