"""How long the dashboard takes over a year of a million sold lines, and how long its facts are made anew."""

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator

from bench.harness import Figure, figures


@figures("dashboard_ms_p95", "dashboard_30_days_ms_p95", "executive_ms_p95", "sales_list_ms_p95", "facts_rebuild_s")
def dashboard() -> Iterator[Figure]:
    """On the embedded database, in a process of its own."""
    with tempfile.TemporaryDirectory(prefix="smartpos-bench-") as folder:
        env = {**os.environ, "DATABASE_URL": "", "REDIS_URL": "", "SMARTPOS_DATA_DIR": folder, "SMARTPOS_LOG_LEVEL": "ERROR"}
        ran = subprocess.run(
            [sys.executable, "-m", "bench.dashboard_run"], env=env, capture_output=True, text=True, check=False, timeout=1800
        )
    if ran.returncode:
        raise RuntimeError(ran.stderr[-800:])
    run: dict[str, float] = json.loads(ran.stdout.strip().splitlines()[-1])
    for name, unit in (
        ("dashboard_ms_p95", "ms"), ("dashboard_30_days_ms_p95", "ms"), ("executive_ms_p95", "ms"), ("sales_list_ms_p95", "ms"),
        ("facts_rebuild_s", "s"),
    ):  # fmt: skip
        yield name, run[name], unit
