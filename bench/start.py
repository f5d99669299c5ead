"""How long somebody waits for the product, from the second start on, and for its end."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bench.harness import Figure, figures

ROOT = Path(__file__).resolve().parents[1]
READY = "SmartPOS is ready."


@figures("run_ready_s", "run_stop_s")
def start() -> Iterator[Figure]:
    """`make run` on a database that is there already, until it says that it is ready; then Ctrl-C until nothing is left."""
    folder = tempfile.mkdtemp(prefix="smartpos-bench-")
    try:
        with running(folder):
            pass
        began = time.monotonic()
        with running(folder) as process:
            yield "run_ready_s", time.monotonic() - began, "s"
            began = time.monotonic()
            stop(process)
            yield "run_stop_s", time.monotonic() - began, "s"
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def running(folder: str) -> Iterator["subprocess.Popen[str]"]:
    """The product on data in that folder, ready."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    env = {**os.environ, "SMARTPOS_DATA_DIR": folder, "PORT": str(port), "DATABASE_URL": "", "REDIS_URL": "", "LAN": ""}
    command = ["sh", "-c", 'sh scripts/setup.sh && exec "$0" -m scripts.run', sys.executable]
    with subprocess.Popen(command, cwd=ROOT, env=env, stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout is not None
            if not any(READY in line for line in process.stdout):
                raise RuntimeError("the product ended before it was ready")
            yield process
        finally:
            stop(process)


def stop(process: "subprocess.Popen[str]") -> None:
    """As Ctrl-C does."""
    if process.poll() is None:
        process.send_signal(signal.SIGINT)
        process.communicate(timeout=20)
