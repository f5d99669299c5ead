"""A catalogue of 100,000 products: how fast it comes in from a file, what that takes in memory, how fast it is searched and listed."""

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator

from bench.harness import Figure, figures
from bench.sale import database


@figures("import_rows_per_s", "import_peak_mb", "product_search_ms_p95", "product_list_ms_p95")
def catalogue_postgres() -> Iterator[Figure]:
    """On PostgreSQL: the import by the worker's own function, the pages as the Backoffice asks for them."""
    with database() as url:
        run = measured(url)
    yield "import_rows_per_s", run["rows_per_s"], "1/s"
    yield "import_peak_mb", run["peak_mb"], "MB"
    yield "product_search_ms_p95", run["search_ms"], "ms"
    yield "product_list_ms_p95", run["list_ms"], "ms"


@figures("import_sqlite_rows_per_s", "product_search_sqlite_ms_p95", "product_list_sqlite_ms_p95")
def catalogue_sqlite() -> Iterator[Figure]:
    """On the embedded database."""
    with tempfile.TemporaryDirectory(prefix="smartpos-bench-") as folder:
        run = measured(f"sqlite:///{folder}/bench.sqlite3")
    yield "import_sqlite_rows_per_s", run["rows_per_s"], "1/s"
    yield "product_search_sqlite_ms_p95", run["search_ms"], "ms"
    yield "product_list_sqlite_ms_p95", run["list_ms"], "ms"


def measured(url: str) -> dict[str, float]:
    """The figures of one run in a process of its own, so that its peak of memory is its own."""
    with tempfile.TemporaryDirectory(prefix="smartpos-bench-") as folder:
        env = {**os.environ, "DATABASE_URL": url, "REDIS_URL": "", "SMARTPOS_DATA_DIR": folder, "SMARTPOS_LOG_LEVEL": "ERROR"}
        command = [sys.executable, "-m", "bench.catalogue_run"]
        ran = subprocess.run(command, env=env, capture_output=True, text=True, check=False, timeout=900)  # noqa: S603
    if ran.returncode:
        raise RuntimeError(ran.stderr[-800:])
    found: dict[str, float] = json.loads(ran.stdout.strip().splitlines()[-1])
    return found
