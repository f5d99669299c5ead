"""Serve the product: database, demo data, then every process of the table below until Ctrl-C.

PORT=8000   where it answers
LAN=1       for other devices: HTTPS with a certificate authority of this machine, explained on PORT + 1
DEMO=0      start empty instead of with demo data
"""

import fcntl
import os
import socket
import ssl
import subprocess
import sys
import urllib.error
import urllib.request
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from scripts.supervisor import Program, Supervisor

ROOT = Path(__file__).resolve().parents[1]
DEFAULT_PORT = 8000
# Streams and pages of one process together: far above both, because a full server answers nothing and says nothing.
BACKPRESSURE = 4096


class Refused(Exception):
    """Nothing was started; the message says what to do."""


@dataclass(frozen=True, slots=True)
class Site:
    """Where the product answers, and what its processes are told."""

    host: str
    port: int
    address: str
    env: dict[str, str] = field(default_factory=dict)
    tls: tuple[str, ...] = ()
    ca: Path | None = None
    notes: tuple[str, ...] = ()
    more: tuple[Program, ...] = ()


def processes(site: Site) -> tuple[Program, ...]:
    """The process table."""
    python = sys.executable
    web = (
        *(python, "-m", "granian", "--interface", "asgi", "--host", site.host, "--port", str(site.port)),
        *("--workers", "2", "--backpressure", str(BACKPRESSURE), "--workers-kill-timeout", "3", "--respawn-failed-workers"),
        *("--no-ws", "--log-level", "warning", *site.tls, "smartpos.asgi:application"),
    )
    return (
        Program("web", web, site.env),
        Program("worker", (python, "-m", "smartpos.worker"), site.env),
        *site.more,
    )


def main() -> int:
    """Start everything and stay."""
    try:
        port = port_wanted()
        demo = os.environ.get("DEMO") != "0"
        data = Path(os.environ.get("SMARTPOS_DATA_DIR") or ROOT / "var")
        data.mkdir(parents=True, exist_ok=True)
        with (data / "run.lock").open("w") as lock:
            only_one(lock.fileno(), data)
            site = lan_site(port, data) if os.environ.get("LAN") == "1" else local_site(port)
            site.env.update(SMARTPOS_DEMO="1" if demo else "0")
            site.env.setdefault("SMARTPOS_LOG_JSON", os.environ.get("SMARTPOS_LOG_JSON", "0"))
            if subprocess.run(preparation(demo=demo), cwd=ROOT, env={**os.environ, **site.env}, check=False).returncode:
                return 1
            return Supervisor(
                processes(site), cwd=ROOT, is_ready=Health(site), announce=lambda: announce(site, demo=demo)
            ).run()
    except Refused as problem:
        print(problem, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 0


def preparation(*, demo: bool) -> list[str]:
    """The command that gets the database ready."""
    return [sys.executable, "-m", "scripts.prepare", *(["--demo"] if demo else [])]


def port_wanted() -> int:
    """`PORT`, if it is one."""
    text = os.environ.get("PORT") or str(DEFAULT_PORT)
    if not text.isdigit() or not 0 < int(text) < 65535:
        raise Refused(f"PORT={text!r} cannot be used: expected a number from 1 to 65534.")
    return int(text)


def only_one(lock: int, data: Path) -> None:
    """Two servers over one embedded database would do each other's work."""
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        raise Refused(f"SmartPOS already runs on the data in {data}. A second one: SMARTPOS_DATA_DIR=elsewhere.") from None


def free(host: str, port: int) -> None:
    """Say so at once when somebody else has the port."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise Refused(f"Port {port} cannot be used ({error.strerror}). Take another: make run PORT={port + 10}") from error


def local_site(port: int) -> Site:
    """This machine alone: localhost is a secure context without a certificate."""
    free("127.0.0.1", port)
    return Site("127.0.0.1", port, f"http://localhost:{port}")


def lan_site(port: int, data: Path) -> Site:
    """Every device in the network, by HTTPS."""
    from scripts import lan, tls  # noqa: PLC0415 - only here is the cryptography needed, and it takes a while to load

    free("0.0.0.0", port)  # noqa: S104 - other devices have to reach it
    free("0.0.0.0", port + 1)  # noqa: S104
    names = lan.names()
    outer = [str(address) for address in names.addresses if not address.is_loopback]
    if not outer:
        raise Refused("This machine has no address in a local network: connect it first, or leave LAN=1 out.")
    secured = tls.secure(data / "tls", names, at=datetime.now(UTC))
    known = [*names.hosts, *(f"[{a}]" if a.version == 6 else str(a) for a in names.addresses)]
    explained = f"http://{outer[0]}:{port + 1}/"
    return Site(
        host="0.0.0.0",  # noqa: S104
        port=port,
        address=f"https://{outer[0]}:{port}",
        env={
            "SMARTPOS_HTTPS": "1",
            "SMARTPOS_HOSTS": ",".join(known),
            "SMARTPOS_ORIGINS": ",".join(f"https://{name}:{port}" for name in known),
        },
        tls=(
            "--ssl-certificate",
            str(secured.files.chain),
            "--ssl-keyfile",
            str(secured.files.key),
            "--ssl-protocol-min",
            "tls1.2",
        ),
        ca=secured.files.ca,
        notes=trust_notes(explained, fresh=secured.new_authority),
        more=(Program("trust", (sys.executable, "-m", "scripts.lan", str(port + 1), str(secured.files.ca), str(port))),),
    )


def trust_notes(explained: str, *, fresh: bool) -> tuple[str, ...]:
    """How other devices learn to trust this machine."""
    import io  # noqa: PLC0415 - only here

    import segno  # noqa: PLC0415

    picture = io.StringIO()
    segno.make(explained, micro=False).terminal(out=picture, compact=True)
    news = "This machine has a new certificate authority. " if fresh else ""
    return (f"{news}On each other device, once: open {explained} and trust the certificate.", picture.getvalue())


class Health:
    """Asks the health page; remembers what it said."""

    def __init__(self, site: Site) -> None:
        self._address = f"{site.address.partition(':')[0]}://localhost:{site.port}/health"
        self._trust = ssl.create_default_context(cafile=str(site.ca)) if site.ca else None

    def __call__(self) -> bool:
        """Whether everything is up."""
        try:
            with urllib.request.urlopen(self._address, timeout=2, context=self._trust) as answer:
                return bool(answer.status == 200)
        except (urllib.error.URLError, OSError):
            return False


def announce(site: Site, *, demo: bool) -> None:
    """Where to go."""
    print(f"\nSmartPOS is ready.\n\n  Till         {site.address}/pos/\n  Backoffice   {site.address}/backoffice/")
    print(f"  Sign-in      {site.address}/sign-in/")
    if demo:
        here = f"{site.address.partition(':')[0]}://localhost:{site.port}"
        print(f"\n  The demo's sign-ins stand on {here}/sign-in/ (shown on this machine only).")
    for note in site.notes:
        print(f"\n{note}")
    print("\nCtrl-C stops it.", flush=True)


if __name__ == "__main__":
    sys.exit(main())
