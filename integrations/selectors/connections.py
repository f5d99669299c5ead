"""What is connected."""

from collections.abc import Collection
from typing import Any

from django.db.models import Q, QuerySet

from integrations.models import Connection
from smartpos.people.models import Store


def connections(stores: Collection[Store]) -> "QuerySet[Any]":
    """Connections that somebody may see: of their stores, and those of all stores. The ones in use first."""
    rows: QuerySet[Any] = Connection.objects.select_related("store", "created_by")
    return rows.filter(Q(store__in=stores) | Q(store=None)).order_by("-active", "name", "pk")
