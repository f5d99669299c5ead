"""What a load balancer is told."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from smartpos.clock import now
from smartpos.outbox.models import OutboxEvent

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
