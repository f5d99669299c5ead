"""What Lighthouse thinks of every page of the Backoffice and of the till's first screen: the lowest score of each kind."""

import json
import os
import secrets
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bench.harness import Figure, figures
from scripts import services
from scripts.npm import Registry

HERE = Path(__file__).parent
KINDS = {
    "performance": "lighthouse_performance",
    "accessibility": "lighthouse_accessibility",
    "best-practices": "lighthouse_practices",
}
DEMO_DAYS = "14"


@figures(*KINDS.values(), *(f"{name}_phone" for name in KINDS.values()))
def lighthouse() -> Iterator[Figure]:
    """The lowest of all pages on a desktop and on a phone; each page below 95/100/100 is named on the error output."""
    chromium, node = services.chromium(), shutil.which("node")
    if chromium is None or node is None:
        raise RuntimeError("Lighthouse needs Chromium and Node")
    with tempfile.TemporaryDirectory(prefix="smartpos-bench-") as folder:
        tree = Path(folder) / "lighthouse"
        Registry(json.loads((HERE / "lighthouse" / "package-lock.json").read_text()), HERE / "lighthouse").unpack(tree)
        with served(Path(folder)) as (port, cookie, paths):
            for form, suffix in (("desktop", ""), ("phone", "_phone")):
                command = [node, str(HERE / "lighthouse" / "look.mjs"), str(tree), str(port), cookie, form, *paths]
                for kind, score in lowest(command, chromium).items():
                    yield f"{KINDS[kind]}{suffix}", score, "points"


def lowest(command: list[str], chromium: str) -> dict[str, float]:
    """The lowest score of each kind over all pages."""
    found: dict[str, float] = dict.fromkeys(KINDS, 100)
    env = {**os.environ, "CHROME_PATH": chromium}
    with subprocess.Popen(command, env=env, stdout=subprocess.PIPE, text=True) as looking:  # noqa: S603 - our own script
        for line in looking.stdout or ():
            page = json.loads(line)
            scores = page["scores"]
            if page["error"] or scores["performance"] < 95 or page["failing"]:
                print(f"# {page['path']}: {scores} {page['failing']} {page['error']}", file=sys.stderr, flush=True)  # noqa: T201
            for kind in KINDS:
                found[kind] = min(found[kind], scores[kind])
    if looking.returncode:
        raise RuntimeError("Lighthouse stopped before its last page")
    return found


@contextmanager
def served(folder: Path) -> Iterator[tuple[int, str, list[str]]]:
    """The product on a demo: its port, the owner's session as a cookie header, and the pages."""
    env = {
        **os.environ, "SMARTPOS_DATA_DIR": str(folder / "data"), "DATABASE_URL": "", "REDIS_URL": "", "SMARTPOS_LOG_LEVEL": "ERROR",
        "SMARTPOS_SECRET_KEY": secrets.token_urlsafe(40),
    }  # fmt: skip
    (folder / "data").mkdir()
    for command in (["migrate", "-v0"], ["seed_demo", "--days", DEMO_DAYS]):
        subprocess.run([sys.executable, "manage.py", *command], env=env, check=True, stdout=subprocess.DEVNULL)  # noqa: S603
    asked = subprocess.run(
        [sys.executable, "-m", "bench.lighthouse_pages"], env=env, check=True, stdout=subprocess.PIPE, text=True
    )
    found = json.loads(asked.stdout.strip().splitlines()[-1])
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    web = [
        "-m",
        "granian",
        "--interface",
        "asgi",
        "--port",
        str(port),
        "--workers",
        "1",
        "--log-level",
        "error",
        "smartpos.asgi:application",
    ]
    process = subprocess.Popen([sys.executable, *web], env=env)  # noqa: S603 - our own server
    try:
        for _ in range(200):
            try:
                urllib.request.urlopen(f"http://127.0.0.1:{port}/sign-in/", timeout=2).close()
                break
            except OSError:
                time.sleep(0.1)
        yield port, found["cookie"], found["paths"]
    finally:
        process.terminate()
        process.wait(timeout=15)
