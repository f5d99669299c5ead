"""Serve the product: database, demo data, then every process of the table below until Ctrl-C.

python -m scripts.run           PORT=8000, LAN=1 (HTTPS for other devices), DEMO=0 (start empty)
python -m scripts.run NAME      become one process of a larger installation: web, worker or beat
"""

import fcntl
import os
import subprocess
import sys
from pathlib import Path

from scripts.prepare import is_done
from scripts.sites import ANYWHERE, Refused, Site, lan_site, local_site, wanted_port
from scripts.supervisor import Program, Supervisor

ROOT = Path(__file__).resolve().parents[1]
Command = tuple[str, ...]
# Streams and pages of one process together. Beyond it a server answers nothing and says nothing, so it is far above both.
BACKPRESSURE = "4096"
# One may wait for slow receivers while the other relays.
LEAST_WORKERS = 2


def web(host: str, port: int, *, workers: str, tls: Command = ()) -> Command:
    """Pages, tills and event streams; a stop waits three seconds for streams, which resume elsewhere."""
    return (
        *(sys.executable, "-m", "granian", "--interface", "asgi", "--host", host, "--port", str(port), "--workers", workers),
        *("--backpressure", BACKPRESSURE, "--workers-kill-timeout", "3", "--respawn-failed-workers", "--no-ws"),
        *("--log-level", "warning", *tls, "smartpos.asgi:application"),
    )


def embedded(site: Site) -> tuple[Program, ...]:
    """Everything that a shop's own computer runs; the worker has the scheduler inside."""
    return (
        Program("web", web(site.host, site.port, workers="2", tls=site.tls)),
        # a customer at the till comes before any job
        Program("worker", (sys.executable, "-m", "smartpos.worker"), nice=5),
        *site.more,
    )


def installed() -> dict[str, Command]:
    """One process per container; Redis carries the wake-ups."""
    celery = (sys.executable, "-m", "celery", "--app", "smartpos.celery")
    workers = os.environ.get("WORKERS") or "2"
    return {
        "web": web(ANYWHERE, wanted_port(), workers=workers),
        "worker": (*celery, "worker", "--loglevel", "WARNING", "--concurrency", str(max(int(workers), LEAST_WORKERS))),
        "beat": (*celery, "beat", "--loglevel", "WARNING", "--schedule", "/tmp/beat", "--pidfile", "/tmp/beat.pid"),  # noqa: S108
    }


def main(names: list[str]) -> int:
    """Start everything and stay, or become one process."""
    try:
        if names:
            return become(names[0])
        data = Path(os.environ.get("SMARTPOS_DATA_DIR") or ROOT / "var")
        data.mkdir(parents=True, exist_ok=True)
        with (data / "run.lock").open("w") as lock:
            only_one(lock.fileno(), data)
            port = wanted_port()
            return serve(lan_site(port, data) if os.environ.get("LAN") == "1" else local_site(port), data)
    except Refused as problem:
        print(problem, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 0


def become(name: str) -> int:
    """Replace this process by the named one."""
    command = installed().get(name)
    if command is None:
        raise Refused(f"There is no process called {name}; there are {', '.join(installed())}.")
    os.chdir(ROOT)
    if name == "web":
        tell_setup_code()
    os.execv(command[0], command)  # noqa: S606 - a fixed table


def only_one(lock: int, data: Path) -> None:
    """Two servers over one embedded database would do each other's work."""
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        raise Refused(f"SmartPOS already runs on the data in {data}. For a second one: SMARTPOS_DATA_DIR=elsewhere") from None


def serve(site: Site, data: Path) -> int:
    """Prepare the data, then keep the processes running."""
    demo = os.environ.get("DEMO") != "0"
    os.environ.update(site.env, SMARTPOS_DEMO="1" if demo else "0")
    os.environ.setdefault("SMARTPOS_LOG_JSON", "0")
    prepared = not os.environ.get("DATABASE_URL") and is_done(data / "smartpos.sqlite3", demo=demo)
    command = [sys.executable, "-m", "scripts.prepare", *(["--demo"] if demo else [])]
    if not prepared and subprocess.run(command, cwd=ROOT, check=False).returncode:
        return 1
    return Supervisor(embedded(site), cwd=ROOT, is_ready=site.is_healthy, announce=lambda: announce(site, demo=demo)).run()


def tell_setup_code() -> None:
    """Where nobody owns the installation yet: what its first visitor must know, on the console and so in the log."""
    subprocess.run([sys.executable, "manage.py", "setup_code"], cwd=ROOT, check=False)


def announce(site: Site, *, demo: bool) -> None:
    """Where to go."""
    print("\nSmartPOS is ready.\n")
    for title, path in (("Till", "/pos/"), ("Backoffice", "/backoffice/"), ("Sign-in", "/sign-in/")):
        print(f"  {title:<12} {site.address}{path}")
    if demo:
        print(f"\n  The demo's sign-ins stand on {site.here}/sign-in/ (this machine only).")
    for note in site.notes:
        print(f"\n{note}")
    if not demo and "SMARTPOS_LOCAL_ONLY" not in site.env:
        print(flush=True)
        tell_setup_code()
    print("\nCtrl-C stops it.", flush=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
