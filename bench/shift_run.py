"""One shift of five thousand sales, in a process of its own: prints its figures as one JSON line.

DATABASE_URL=… python -m bench.shift_run [--receipts 5000]
"""

import argparse
import json
import os
import time
from collections.abc import Callable

import django

PRODUCTS = 500
LOOKS = 9


def main() -> None:
    """Fill, look, close, and print."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--receipts", type=int, default=5_000)
    options = parser.parse_args()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "smartpos.settings")
    django.setup()
    print(json.dumps(run(options.receipts)))  # noqa: T201


def run(receipts: int) -> dict[str, float]:
    """The figures of one run; X is the middle of several."""
    from django.conf import settings  # noqa: PLC0415 - Django is set up by now
    from django.core.management import call_command  # noqa: PLC0415

    from bench import dashboard_run, sale_world  # noqa: PLC0415
    from smartpos.ids import uuid7  # noqa: PLC0415

    settings.ALLOWED_HOSTS = ["*"]
    call_command("migrate", verbosity=0)
    world, [seller] = sale_world.shop(PRODUCTS, 1)
    till, owner = seller.till, str(world.owner.uuid)
    # a first Z, so that X holds everything after it, whatever day it belongs to
    till.send("POST", "/pos/z", {"id": str(uuid7()), "actor": owner, "empty": True})
    dashboard_run.fill(world, str(till.shift), receipts)
    looks = sorted(_ms(lambda: till.send("GET", f"/pos/x?actor={owner}", None)) for _look in range(LOOKS))
    began = time.monotonic()
    answer = till.close_shift("0.00")
    closed = (time.monotonic() - began) * 1000
    if answer["result"]["receipts"] != receipts:
        raise RuntimeError(f"the closing holds {answer}")
    return {"shift_close_5000_ms": closed, "x_report_ms": looks[LOOKS // 2]}


def _ms(act: Callable[[], object]) -> float:
    began = time.monotonic()
    act()
    return (time.monotonic() - began) * 1000


if __name__ == "__main__":
    main()
