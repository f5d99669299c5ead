"""How long a shift of five thousand sales takes to close, and an X report over them."""

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator

from bench.harness import Figure, figures


@figures("shift_close_5000_ms", "x_report_ms")
def shift() -> Iterator[Figure]:
    """On the embedded database, in a process of its own."""
    with tempfile.TemporaryDirectory(prefix="smartpos-bench-") as folder:
        env = {**os.environ, "DATABASE_URL": "", "REDIS_URL": "", "SMARTPOS_DATA_DIR": folder, "SMARTPOS_LOG_LEVEL": "ERROR"}
        ran = subprocess.run(
            [sys.executable, "-m", "bench.shift_run"], env=env, capture_output=True, text=True, check=False, timeout=1800
        )
    if ran.returncode:
        raise RuntimeError(ran.stderr[-800:])
    run: dict[str, float] = json.loads(ran.stdout.strip().splitlines()[-1])
    for name in ("shift_close_5000_ms", "x_report_ms"):
        yield name, run[name], "ms"
