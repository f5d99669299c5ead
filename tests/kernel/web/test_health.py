"""What a load balancer is told."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from smartpos.audit.models import ChainCheck
from smartpos.clock import now
from smartpos.outbox.models import Delivery, DeliveryState, OutboxEvent, ProjectionState
from smartpos.scheduling.models import Beat

pytestmark = [pytest.mark.django_db, pytest.mark.database]


def test_all_is_well(client: Client) -> None:
    answer = client.get("/health")
    assert answer.status_code == 200
    assert answer.json()["database"] == "ok"
    assert answer.json()["queue_age_s"] == 0


def test_events_that_nobody_relays_are_said(client: Client) -> None:
    OutboxEvent.objects.create(
        business_id=1, shard="x", name="change", version=1, payload="{}", created_at=now() - timedelta(minutes=5)
    )
    answer = client.get("/health")
    assert answer.status_code == 503
    assert answer.json()["queue_age_s"] >= 300


def test_a_dead_broker_is_said(client: Client, settings: Any) -> None:
    settings.REDIS_URL = "redis://127.0.0.1:1/0"
    answer = client.get("/health")
    assert answer.status_code == 503
    assert answer.json()["broker"] == "down"


def test_dead_letters_stuck_deliveries_a_silent_scheduler_and_a_broken_log_are_told_and_take_nothing_down(
    client: Client,
) -> None:
    quiet = client.get("/health").json()
    assert (quiet["dead_letters"], quiet["delivery_age_s"], quiet["beat_age_s"], quiet["audit_breaks"]) == (0, 0, None, 0)
    old = now() - timedelta(hours=1)
    for key, state in (("1", DeliveryState.DEAD), ("2", DeliveryState.WAITING)):
        Delivery.objects.create(kind="x", key=key, payload="{}", state=state, created_at=old, due_at=old)
    Beat.objects.create(name="beat", at=old)
    ChainCheck.objects.create(business_id=1, at=old, entries=9, breaks=1)
    ProjectionState.objects.create(name="x", failures=3)
    answer = client.get("/health")
    told = answer.json()
    assert answer.status_code == 200
    assert (told["dead_letters"], told["projections_still"], told["audit_breaks"]) == (1, 1, 1)
    assert told["delivery_age_s"] >= 3600
    assert told["beat_age_s"] >= 3600
