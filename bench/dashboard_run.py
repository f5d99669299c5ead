"""One run of the dashboard over a year of sales, in a process of its own: prints its figures as one JSON line.

DATABASE_URL=… python -m bench.dashboard_run [--receipts 100000]
"""

import argparse
import json
import os
import time
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from random import Random
from typing import Any

import django

LINES = 10
DAYS = 365
PRODUCTS = 2_000
CHUNK = 1_000
LOOKS = 60


def main() -> None:
    """Fill, make the facts, look, and print."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--receipts", type=int, default=100_000)
    options = parser.parse_args()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "smartpos.settings")
    django.setup()
    print(json.dumps(run(options.receipts)))  # noqa: T201


def run(receipts: int) -> dict[str, float]:
    """The figures of one run."""
    from django.conf import settings  # noqa: PLC0415 - Django is set up by now
    from django.core.management import call_command  # noqa: PLC0415
    from django.db import connection  # noqa: PLC0415
    from django.test import Client  # noqa: PLC0415

    from bench import sale_world  # noqa: PLC0415

    settings.ALLOWED_HOSTS = ["*"]
    call_command("migrate", verbosity=0)
    world, sellers = sale_world.shop(PRODUCTS, 1)
    shift, owner = sellers[0].till.shift, world.owner.user
    assert shift is not None
    assert owner is not None
    fill(world, shift, receipts)
    began = time.monotonic()
    call_command("rebuild_facts", verbosity=0)
    rebuilt = time.monotonic() - began
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE" if connection.vendor == "postgresql" else "ANALYZE")
    client = Client()
    client.force_login(owner)
    return {
        "facts_rebuild_s": rebuilt,
        "dashboard_ms_p95": p95(client, "/backoffice/?period=today"),
        "dashboard_30_days_ms_p95": p95(client, "/backoffice/?period=30&trend=30"),
        "executive_ms_p95": p95(client, "/backoffice/executive/"),
        "sales_list_ms_p95": p95(client, "/backoffice/sales/?first=2026-01-01&view=all"),
    }


def p95(client: Any, address: str) -> float:
    """The time that all but five in a hundred looks stay under, in ms."""
    taken = []
    for _ in range(LOOKS + 3):
        began = time.perf_counter()
        answer = client.get(address)
        taken.append((time.perf_counter() - began) * 1000)
        if answer.status_code != 200:
            raise RuntimeError(f"{address} answered {answer.status_code}")
    return float(sorted(taken[3:])[int(LOOKS * 0.95)])


def fill(world: Any, shift: str, count: int) -> None:
    """A year of receipts of ten lines each, the same number every day; something of each product lies in the shop."""
    from django.db import transaction  # noqa: PLC0415

    from inventory.models import StockLevel, Variant  # noqa: PLC0415
    from pos.models import Receipt, Shift  # noqa: PLC0415
    from smartpos.db.rows import insert_rows  # noqa: PLC0415
    from smartpos.ids import uuid7  # noqa: PLC0415
    from smartpos.people.models import Device  # noqa: PLC0415

    rnd = Random(7)  # noqa: S311 - a reproducible load, not a secret
    variants = list(Variant.everywhere.filter(business_id=world.business.pk).values_list("pk", flat=True))
    turn = Shift.everywhere.get(uuid=shift)
    device = Device.everywhere.filter(terminal_id=turn.terminal_id).get()
    at = datetime.now(UTC)
    levels = [(world.business.pk, world.store.pk, key, rnd.randrange(-5, 900) * 1_000) for key in variants]
    insert_rows(StockLevel, ("business_id", "store_id", "variant_id", "quantity"), levels)
    head = (
        world.business.pk, world.store.pk, turn.terminal_id, device.pk, turn.pk, world.cashier.pk, "sale", "", "B1",
        "BAM", 0, 0, 0, 0, False, "[]",
    )  # fmt: skip
    for start in range(0, count, CHUNK):
        with transaction.atomic():
            moments = [at - timedelta(seconds=86_400 * DAYS * (1 - n / count)) for n in range(start, min(start + CHUNK, count))]
            rows = [(*head, uuid7(), start + n, when, when, when.date(), *_sums()) for n, when in enumerate(moments)]
            _receipts(rows)
            newest = Receipt.everywhere.filter(business_id=world.business.pk).order_by("-pk").values_list("pk", flat=True)
            _inside(list(newest[: len(moments)]), variants, rnd)


def _sums() -> tuple[int, ...]:
    """Gross, net, tax and total of ten lines at 1.17, as the columns keep them."""
    return 117_000, 100_000, 17_000, 117_000


def _receipts(rows: Sequence[Sequence[Any]]) -> None:
    from pos.models import Receipt  # noqa: PLC0415
    from smartpos.db.rows import insert_rows  # noqa: PLC0415

    insert_rows(
        Receipt,
        (
            "business_id", "store_id", "terminal_id", "device_id", "shift_id", "employee_id", "kind", "reason", "series",
            "currency", "discount", "points", "service", "rounding", "late", "marks", "uuid", "number", "occurred_at",
            "received_at", "business_date", "gross", "net", "tax", "total",
        ),
        rows,
    )  # fmt: skip


def _inside(receipts: Sequence[int], variants: Sequence[int], rnd: Random) -> None:
    from pos.models import Payment, ReceiptLine  # noqa: PLC0415
    from smartpos.db.rows import insert_rows  # noqa: PLC0415
    from smartpos.ids import uuid7  # noqa: PLC0415

    tail = ("Product", "", "", 1_000, 11_700, 11_700, 6_000, 11_700, 0, 0, 11_700, 10_000, 1_700, False, "p", "", 0, True)
    insert_rows(
        ReceiptLine,
        (
            "receipt_id", "position", "uuid", "variant_id", "name", "sku", "unit", "quantity", "list_price", "unit_price",
            "cost", "gross", "discount", "points", "payable", "net", "tax", "gratis", "tax_profile", "note",
            "promotion_off", "restocked",
        ),
        [(key, n, uuid7(), rnd.choice(variants), *tail) for key in receipts for n in range(LINES)],
    )  # fmt: skip
    methods = {key: "card" if key % 3 else "cash" for key in receipts}
    insert_rows(
        Payment, ("receipt_id", "method", "part", "amount", "tendered", "change", "tip"),
        [(key, method, 117_000, 117_000, 117_000, 0, 0) for key, method in methods.items()],
    )  # fmt: skip


if __name__ == "__main__":
    main()
