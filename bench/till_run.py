"""One run of the till's figures in a process of its own whose DATABASE_URL says where: prints them as one JSON line.

python -m bench.till_run --chromium /usr/bin/chromium [--rows 100000]
"""

import argparse
import gzip
import json
import os
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path
from random import Random
from typing import Any

import django

ROWS = 100_000
SLOWER = 4
TAPS = SCANS = 120
WAITING = 400
# Milliseconds that a finger stays.
PRESSED = 60
CHANGED = 100
TIMES = (Path(__file__).parent / "till_times.js").read_text(encoding="utf-8")


def main() -> None:
    """Prepare, serve, use, and print."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--chromium", required=True)
    parser.add_argument("--rows", type=int, default=ROWS)
    options = parser.parse_args()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "smartpos.settings")
    django.setup()
    print(json.dumps(run(options.chromium, options.rows)))  # noqa: T201


def run(chromium: str, rows: int) -> dict[str, float]:
    """The figures of one run."""
    from playwright.sync_api import sync_playwright  # noqa: PLC0415 - measured only where it is installed

    from bench.sale_run import server  # noqa: PLC0415

    world = shop(rows)
    figures, code = {"catalog_mb_gz": weight_of_catalogue(world)}, code_of(world)
    with server() as port, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
        page = browser.new_page(base_url=f"http://127.0.0.1:{port}", viewport={"width": 1280, "height": 800})
        page.add_init_script(TIMES)
        figures["catalog_first_sync_s"] = enrol(page, code)
        sign_in(page, first=True)
        figures["queue_replay_ops_per_s"] = replay(page)
        figures["catalog_delta_ms"] = delta(page, world)
        throttle = page.context.new_cdp_session(page)
        throttle.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
        figures["terminal_boot_ms"] = boot(page)
        sign_in(page, first=False)
        figures["tap_to_cart_ms_p95"] = taps(page)
        figures["scan_to_cart_ms_p95"] = scans(page, rows)
        figures["search_ms_p95"] = searches(page)
        browser.close()
    return figures


def shop(rows: int) -> Any:
    """A store with so many articles, imported as a file."""
    from django.conf import settings  # noqa: PLC0415 - Django is set up by now
    from django.core.management import call_command  # noqa: PLC0415
    from django.db import connection  # noqa: PLC0415

    from bench import catalogue_run  # noqa: PLC0415
    from smartpos.context import acting  # noqa: PLC0415
    from tests.world import make_world  # noqa: PLC0415

    settings.ALLOWED_HOSTS = ["*"]
    call_command("migrate", verbosity=0)
    world = make_world("Bench")
    path = Path(settings.DATA_DIR) / "goods.csv"
    catalogue_run.write_goods(path, rows)
    with acting(business_id=world.business.pk, actor_id=world.owner.pk):
        catalogue_run.import_goods(world, path)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return world


def weight_of_catalogue(world: Any) -> float:
    """Megabytes of a whole snapshot as it travels."""
    from django.test import Client  # noqa: PLC0415

    _device, token = world.enrol()
    client = Client(headers={"X-SmartPOS-Till": "1", "Accept-Encoding": "gzip"})
    client.cookies["smartpos_device"] = token
    answer = client.get("/pos/snapshot")
    body = answer.getvalue() if answer.streaming else answer.content
    return len(body if answer.headers.get("Content-Encoding") == "gzip" else gzip.compress(body, 6)) / 1e6


def code_of(world: Any) -> str:
    """A code that makes a browser a device."""
    from smartpos.context import acting  # noqa: PLC0415
    from smartpos.people.services.devices import make_enrolment_code  # noqa: PLC0415

    with acting(business_id=world.business.pk, actor_id=world.owner.pk):
        return str(make_enrolment_code(world.terminal, by=world.owner, at=datetime.now(UTC)))


def enrol(page: Any, code: str) -> float:
    """Seconds from the code to a catalogue that is there for good."""
    page.goto(f"/pos/?code={code}")
    page.locator("#name").fill("Bench")
    began = time.monotonic()
    page.locator("button[type=submit]").click()
    page.locator("#pin").wait_for(timeout=120_000)
    return time.monotonic() - began


def sign_in(page: Any, *, first: bool) -> None:
    """The cashier's PIN, and where there is none yet, a shift."""
    page.locator("#pin").wait_for()
    page.keyboard.type("1111")
    if first:
        page.locator("#float").fill("100")
        page.locator("button[type=submit]").click()
    page.locator(".tile").first.wait_for()


def boot(page: Any) -> float:
    """Milliseconds from a reload to the PIN pad; the middle one of five."""
    page.evaluate("() => navigator.serviceWorker.ready.then(() => true)")
    times = []
    for _ in range(5):
        page.reload()
        page.locator("#pin").wait_for()
        times.append(page.evaluate("window.benchSeen('#pin')"))
    return float(sorted(times)[2])


def taps(page: Any) -> float:
    """A tap on one tile after the other, until its line is laid out: as long as a finger stays, and with nothing of the driver's."""
    places = page.evaluate("window.benchTiles()")
    page.evaluate("window.benchStart('click')")
    for n in range(TAPS):
        page.mouse.click(*places[n * 7 % len(places)], delay=PRESSED)
        if n % 20 == 19:
            clear(page)
    return slowest(page.evaluate("window.benchTimes()"), near=TAPS)


def scans(page: Any, rows: int) -> float:
    """A code in a burst with Enter behind it, until its line is laid out."""
    rnd = Random(3)  # noqa: S311 - reproducible codes
    page.evaluate("window.benchStart('keydown', 'Enter')")
    for n in range(SCANS):
        page.evaluate("document.activeElement.blur()")
        page.keyboard.type(str(3_800_000_000_000 + rnd.randrange(rows)))
        page.keyboard.press("Enter")
        if n % 20 == 19:
            clear(page)
    return slowest(page.evaluate("window.benchTimes()"), near=SCANS)


def searches(page: Any) -> float:
    """Every letter of what people type, until the tiles are laid out."""
    from bench.catalogue_run import question  # noqa: PLC0415

    rnd = Random(5)  # noqa: S311 - reproducible questions
    page.evaluate("window.benchStart('input')")
    for _ in range(30):
        page.locator("#search").fill("")
        page.locator("#search").press_sequentially(question(rnd).replace("+", " "), delay=30)
    page.locator("#search").fill("")
    return slowest(page.evaluate("window.benchTimes()"), near=30)


def delta(page: Any, world: Any) -> float:
    """Milliseconds until 100 changed prices are fetched, kept and shown."""
    # the browser's driver keeps a loop in this thread, in which Django asks nothing
    with ThreadPoolExecutor(1) as aside:
        aside.submit(reprice, world).result()
    page.locator("#search").fill("S0")
    took = float(page.evaluate("window.benchNews('77')"))
    page.locator("#search").fill("")
    return took


def reprice(world: Any) -> None:
    """A hundred articles cost something else."""
    from django.db import connection  # noqa: PLC0415

    from inventory.models import Variant  # noqa: PLC0415
    from inventory.services.bulk import put_goods  # noqa: PLC0415
    from inventory.types import GoodsRow  # noqa: PLC0415
    from smartpos.context import acting  # noqa: PLC0415

    with acting(business_id=world.business.pk, actor_id=world.owner.pk):
        found = Variant.objects.filter(sku__startswith="S").select_related("product").order_by("pk")[:CHANGED]
        rows = [GoodsRow(line=n, sku=item.sku, name=item.product.name, price=77_0000) for n, item in enumerate(found)]
        put_goods(rows, by=world.owner, profile=world.standard, source="bench", at=datetime.now(UTC))
    connection.close()


def replay(page: Any) -> float:
    """Sales a second that leave a full queue."""
    page.context.set_offline(True)
    for n in range(10):
        page.locator(".tile").nth(n).click()
    page.keyboard.press("F4")
    page.locator("#received").fill("100000")
    page.locator("#pay-form button[type=submit]").click()
    page.locator("#change-due").wait_for()
    page.keyboard.press("Escape")
    page.evaluate(f"window.benchFill({WAITING})")
    page.context.set_offline(False)
    seconds = page.evaluate("window.benchDrain()")
    return WAITING / float(seconds)


def clear(page: Any) -> None:
    """An empty cart again."""
    page.keyboard.press("F2")
    page.locator("dialog[data-sheet=clear] .button--danger-fill").click()
    page.locator("dialog[data-sheet=clear]").wait_for(state="detached")


def slowest(times: list[float], *, near: int) -> float:
    """Milliseconds under which nineteen of twenty stay."""
    if len(times) < near * 0.8:
        raise RuntimeError(f"only {len(times)} of {near} were heard")
    return sorted(times)[int(len(times) * 0.95)]


if __name__ == "__main__":
    main()
