"""How the till feels with 100,000 articles in its cache, in Chromium with a processor four times slower than this one."""

import gzip
import json
import os
import secrets
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from bench.harness import Figure, figures
from scripts import services
from smartpos.web.packing import packed

ROOT = Path(__file__).resolve().parents[1]
PARTS = ("js/lib", "js/pos", "vendor")
OF_THE_OFFICE = {"htmx.min.js", "sortable.js"}


@figures("terminal_js_kb_gz")
def weight() -> Iterator[Figure]:
    """Every script that a till may load, packed and compressed one by one as it travels."""
    with tempfile.TemporaryDirectory(prefix="smartpos-bench-") as folder:
        static = packed(ROOT / "static", Path(folder), "bench")
        found = (path for part in PARTS for path in sorted((static / part).rglob("*.js")))
        files = [path for path in found if path.name not in OF_THE_OFFICE]
        yield "terminal_js_kb_gz", sum(len(gzip.compress(path.read_bytes(), 6)) for path in files) / 1000, "kB"


@figures(
    "tap_to_cart_ms_p95", "scan_to_cart_ms_p95", "search_ms_p95", "terminal_boot_ms", "catalog_first_sync_s", "catalog_mb_gz",
    "catalog_delta_ms", "queue_replay_ops_per_s",
)  # fmt: skip
def till() -> Iterator[Figure]:
    """From the event's time stamp to the end of the forced layout; boot, first look and a delta of the catalogue, a full queue."""
    chromium = services.chromium()
    if chromium is None:
        raise RuntimeError("the till needs Chromium")
    with tempfile.TemporaryDirectory(prefix="smartpos-bench-") as folder:
        env = {
            **os.environ, "SMARTPOS_DATA_DIR": folder, "DATABASE_URL": "", "REDIS_URL": "", "SMARTPOS_LOG_LEVEL": "ERROR",
            "SMARTPOS_SECRET_KEY": secrets.token_urlsafe(40),
        }  # fmt: skip
        command = [sys.executable, "-m", "bench.till_run", "--chromium", chromium]
        ran = subprocess.run(command, env=env, capture_output=True, text=True, check=False, timeout=900)  # noqa: S603 - our own
    if ran.returncode:
        raise RuntimeError(ran.stderr[-800:])
    for name, unit in (
        ("tap_to_cart_ms_p95", "ms"), ("scan_to_cart_ms_p95", "ms"), ("search_ms_p95", "ms"), ("terminal_boot_ms", "ms"),
        ("catalog_first_sync_s", "s"), ("catalog_mb_gz", "MB"), ("catalog_delta_ms", "ms"), ("queue_replay_ops_per_s", "1/s"),
    ):  # fmt: skip
        yield name, json.loads(ran.stdout.strip().splitlines()[-1])[name], unit
