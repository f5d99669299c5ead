"""One run of the catalogue's figures, in a process of its own whose DATABASE_URL says where: prints them as one JSON line.

DATABASE_URL=… python -m bench.catalogue_run [--rows 100000]
"""

import argparse
import json
import os
import resource
import time
from collections.abc import Iterator
from pathlib import Path
from random import Random
from typing import Any

import django

ROWS = 100_000
CALLS, WARM = 120, 10
WORDS = (
    "coffee tea sugar honey bread cake plate bowl spoon lamp candle towel soap brush mirror basket ribbon garden metal wooden "
    "glass vintage red blue green small large giant floral striped retro travel kitchen bathroom birthday christmas heart star"
)


def main() -> None:
    """Prepare, import, ask, and print."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--rows", type=int, default=ROWS)
    options = parser.parse_args()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "smartpos.settings")
    django.setup()
    print(json.dumps(run(options.rows)))  # noqa: T201


def names(count: int) -> Iterator[str]:
    """Names as a gift shop has them: four words of forty and a number."""
    rnd = Random(11)  # noqa: S311 - a reproducible catalogue, not a secret
    return (f"{' '.join(rnd.sample(WORDS.split(), 4)).title()} {n}" for n in range(count))


def run(rows: int) -> dict[str, float]:
    """The figures of one run."""
    from django.conf import settings  # noqa: PLC0415 - Django is set up by now
    from django.core.management import call_command  # noqa: PLC0415
    from django.db import connection  # noqa: PLC0415

    from smartpos.context import acting  # noqa: PLC0415
    from tests.world import make_world  # noqa: PLC0415

    settings.ALLOWED_HOSTS = ["*"]
    call_command("migrate", verbosity=0)
    world = make_world("Bench")
    path = Path(settings.DATA_DIR) / "goods.csv"
    write_goods(path, rows)
    with acting(business_id=world.business.pk, actor_id=world.owner.pk):
        seconds = import_goods(world, path)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE" if connection.vendor == "postgresql" else "ANALYZE")
    return {"rows_per_s": rows / seconds, "peak_mb": peak, **ask(world)}


def write_goods(path: Path, rows: int) -> None:
    """The file that somebody imports."""
    with path.open("w", encoding="utf-8") as file:
        file.write("name,price,sku,barcode,category,cost\n")
        for n, name in enumerate(names(rows)):
            file.write(f"{name},{n % 9000 + 100}.{n % 100:02d},S{n},{3_800_000_000_000 + n},Group {n % 40},{n % 80}.5\n")


def import_goods(world: Any, path: Path) -> float:
    """Seconds from «yes» to the last row, by the function that the worker calls."""
    from django.core.files.uploadedfile import SimpleUploadedFile  # noqa: PLC0415

    from inventory.importers.products import PRODUCTS  # noqa: PLC0415
    from smartpos.clock import now  # noqa: PLC0415
    from smartpos.imports import runs  # noqa: PLC0415

    run_ = runs.receive(PRODUCTS, SimpleUploadedFile("goods.csv", path.read_bytes()), by=world.owner, at=now())
    written = {"encoding": run_.encoding, "delimiter": run_.delimiter, "mark": run_.mark}
    mapping = json.loads(run_.mapping)
    run_ = runs.check(run_, mapping=mapping, **written, tax_profile=world.standard, by=world.owner, at=now())
    work(run_)
    run_.refresh_from_db()
    run_ = runs.start(run_, by=world.owner, at=now())
    began = time.perf_counter()
    work(run_)
    run_.refresh_from_db()
    if run_.created + run_.wrong != run_.lines or run_.wrong:
        raise RuntimeError(f"{run_.created} of {run_.lines} rows were imported")
    return time.perf_counter() - began


def work(run_: Any) -> None:
    """Stint after stint, as the worker does it."""
    from smartpos.imports import runs  # noqa: PLC0415

    while runs.stint(run_, seconds=runs.STINT_SECONDS):
        pass


def ask(world: Any) -> dict[str, float]:
    """The slowest twentieth of the list's pages: without and with words, as the page asks while somebody types."""
    from django.test import Client  # noqa: PLC0415

    client = Client(headers={"HX-Request": "true", "HX-Target": "list"})
    client.force_login(world.owner.user)
    rnd = Random(5)  # noqa: S311 - reproducible questions
    searches = [question(rnd) for _ in range(CALLS)]
    lists = [f"?category={key}" if n % 3 else "" for n, key in enumerate(categories(world) * 3)]
    return {
        "search_ms": slowest(client, [f"?q={text}" for text in searches]),
        "list_ms": slowest(client, [*lists, "?sort=-price", "?state=archived"][:CALLS]),
    }


def question(rnd: Random) -> str:
    """What people type: a word, the beginning of one, two words, an article's number, something that is not there."""
    word = rnd.choice(WORDS.split())
    return rnd.choice(
        [word, word[:3], f"{word}+{rnd.choice(WORDS.split())}", f"S{rnd.randrange(ROWS)}", "3800000012345", "nothing"]
    )


def categories(world: Any) -> list[str]:
    """The keys of the categories."""
    from inventory.models import Category  # noqa: PLC0415

    return [str(key) for key in Category.everywhere.filter(business=world.business).values_list("uuid", flat=True)]


def slowest(client: Any, queries: list[str]) -> float:
    """Milliseconds under which nineteen of twenty calls stay."""
    times = []
    for number, query in enumerate([*queries[:WARM], *queries]):
        began = time.perf_counter()
        answer = client.get(f"/backoffice/products/{query}")
        took = time.perf_counter() - began
        if answer.status_code != 200:
            raise RuntimeError(f"{query}: {answer.status_code}")
        if number >= WARM:
            times.append(took * 1000)
    times.sort()
    return times[int(len(times) * 0.95)]


if __name__ == "__main__":
    main()
