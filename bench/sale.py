"""What a sale of ten lines costs through HTTP with eight clients, beside what the database takes from a bare client."""

import json
import os
import secrets
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager

import psycopg

from bench.harness import Figure, figures

SERVER = os.environ.get("SMARTPOS_BENCH_POSTGRES", "postgres://postgres@127.0.0.1:5432/postgres")
CLIENTS = "8"
SECONDS = "5"
STREAMS = "300"


@figures(
    "sale_post_ratio", "sale_post_per_s", "sale_post_limit_per_s", "sale_post_p99_ms", "sale_post_unbooked", "sale_statements"
)
def sale_postgres() -> Iterator[Figure]:
    """Sales on PostgreSQL; the ratio is to the same rows written by a bare client in the same run."""
    with database() as url:
        run = measured(url)
    yield "sale_post_ratio", run["per_s"] / run["limit"], "ratio"
    yield "sale_post_per_s", run["per_s"], "1/s"
    yield "sale_post_limit_per_s", run["limit"], "1/s"
    yield "sale_post_p99_ms", run["p99_ms"], "ms"
    yield "sale_post_unbooked", run["bad"], "sales"
    yield "sale_statements", run["statements"], "statements"


@figures("events_streams", "events_streams_sale_p99_ms")
def streams() -> Iterator[Figure]:
    """Event streams that stay open and bring the receipts while eight tills sell."""
    with database() as url:
        run = measured(url, "--streams", STREAMS)
    yield "events_streams", run["streams"], "streams"
    yield "events_streams_sale_p99_ms", run["p99_ms"], "ms"


@figures("sale_post_sqlite_per_s", "sale_post_sqlite_p99_ms")
def sale_sqlite() -> Iterator[Figure]:
    """Sales on the embedded database."""
    with tempfile.TemporaryDirectory(prefix="smartpos-bench-") as folder:
        run = measured(f"sqlite:///{folder}/bench.sqlite3")
    yield "sale_post_sqlite_per_s", run["per_s"], "1/s"
    yield "sale_post_sqlite_p99_ms", run["p99_ms"], "ms"


def measured(url: str, *more: str) -> dict[str, float]:
    """The figures of one run in a process of its own."""
    command = [sys.executable, "-m", "bench.sale_run", "--clients", CLIENTS, "--seconds", SECONDS, *more]
    with tempfile.TemporaryDirectory(prefix="smartpos-bench-") as folder:
        env = {**os.environ, "DATABASE_URL": url, "REDIS_URL": "", "SMARTPOS_DATA_DIR": folder}
        ran = subprocess.run(command, env=env, capture_output=True, text=True, check=False, timeout=300)  # noqa: S603
    if ran.returncode:
        raise RuntimeError(ran.stderr[-800:])
    figures_of_run: dict[str, float] = json.loads(ran.stdout.strip().splitlines()[-1])
    return figures_of_run


@contextmanager
def database() -> Iterator[str]:
    """An empty PostgreSQL database, dropped afterwards."""
    name = f"smartpos_bench_{secrets.token_hex(4)}"
    with psycopg.connect(SERVER, autocommit=True) as server:
        server.execute(f"CREATE DATABASE {name}")
        try:
            yield SERVER.rsplit("/", 1)[0] + f"/{name}"
        finally:
            server.execute(f"DROP DATABASE {name} WITH (FORCE)")
