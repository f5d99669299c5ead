"""The long lists begin at the index of their order: no page sorts everything that there is."""

import json

import pytest
from django.db import connection
from django.test import Client

from tests.architecture.queries import statements
from tests.world import World

pytestmark = pytest.mark.django_db
# Few things are in a shop without hundreds of each.
LONG = {
    "/backoffice/products/": "inventory_product", "/backoffice/products/?state=archived": "inventory_product",
    "/backoffice/customers/": "pos_customer", "/backoffice/sales/?": "pos_receipt",
}  # fmt: skip


@pytest.mark.parametrize("path", LONG)
def test_a_page_of_a_long_list_sorts_nothing(world: World, path: str) -> None:
    if connection.vendor != "sqlite":
        pytest.skip("SQLite tells its plan in words")
    client = Client()
    client.force_login(world.owner.user)
    keys = [text for text in statements(lambda: client.get(path)) if text.startswith(f'SELECT "{LONG[path]}"."id" AS "pk"')]
    assert len(keys) == 1
    with connection.cursor() as cursor:
        # A business of many rows among other businesses: what a planner thinks of when it has looked at the tables.
        cursor.execute("ANALYZE")
        cursor.execute(f"EXPLAIN QUERY PLAN {keys[0]}")
        plan = json.dumps(cursor.fetchall())
    assert "USING" in plan
    assert "TEMP B-TREE" not in plan
