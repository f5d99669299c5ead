"""Where the product answers: this machine alone, or the local network with a certificate of our own."""

import io
import os
import socket
import ssl
import sys
import urllib.error
import urllib.request
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from scripts.supervisor import Program

ANYWHERE = "0.0.0.0"  # noqa: S104 - other devices have to reach it


class Refused(Exception):
    """Nothing was started; the message says what to do."""


@dataclass(frozen=True, slots=True)
class Site:
    """An address, and what the processes behind it are told."""

    host: str
    port: int
    address: str
    env: dict[str, str] = field(default_factory=dict)
    tls: tuple[str, ...] = ()
    ca: Path | None = None
    notes: tuple[str, ...] = ()
    more: tuple[Program, ...] = ()

    @property
    def here(self) -> str:
        """The same site as this machine calls it."""
        return f"{self.address.partition(':')[0]}://localhost:{self.port}"

    def is_healthy(self) -> bool:
        """Whether the health page says that everything is up."""
        trust = ssl.create_default_context(cafile=str(self.ca)) if self.ca else None
        direct = urllib.request.build_opener(urllib.request.ProxyHandler({}), urllib.request.HTTPSHandler(context=trust))
        try:
            with direct.open(f"{self.here}/health", timeout=2) as answer:
                return bool(answer.status == 200)
        except (urllib.error.URLError, OSError):
            return False


def wanted_port() -> int:
    """`PORT`, if it is one; the one after it has to exist too."""
    text = os.environ.get("PORT") or "8000"
    if not text.isascii() or not text.isdigit() or not 0 < int(text) < 65535:
        raise Refused(f"PORT={text!r} cannot be used: expected a number from 1 to 65534.")
    return int(text)


def local_site(port: int) -> Site:
    """This machine alone: localhost is a secure context without a certificate."""
    claim("127.0.0.1", port)
    return Site("127.0.0.1", port, f"http://localhost:{port}", env={"SMARTPOS_LOCAL_ONLY": "1"})


def lan_site(port: int, data: Path) -> Site:
    """Every device in the network, by HTTPS."""
    from scripts import lan, tls  # noqa: PLC0415 - cryptography takes a while to load and is not needed otherwise

    claim(ANYWHERE, port)
    claim(ANYWHERE, port + 1)
    names = lan.names()
    outer = [str(address) for address in names.addresses if not address.is_loopback]
    if not outer:
        raise Refused("This machine has no address in a local network: connect it first, or leave LAN=1 out.")
    secured = tls.secure(data / "tls", names, at=datetime.now(UTC))
    known = [*names.hosts, *(f"[{a}]" if a.version == 6 else str(a) for a in names.addresses)]
    files = secured.files
    return Site(
        host=ANYWHERE,
        port=port,
        address=f"https://{outer[0]}:{port}",
        env={
            "SMARTPOS_HTTPS": "1",
            "SMARTPOS_HOSTS": ",".join(known),
            # Links in mails lead to the first: the address under which the others reach this machine.
            "SMARTPOS_ORIGINS": ",".join(f"https://{name}:{port}" for name in dict.fromkeys((outer[0], *known))),
        },
        tls=("--ssl-certificate", str(files.chain), "--ssl-keyfile", str(files.key), "--ssl-protocol-min", "tls1.2"),
        ca=files.ca,
        notes=trust_notes(f"http://{outer[0]}:{port + 1}/", fresh=secured.new_authority),
        more=(Program("trust", (sys.executable, "-m", "scripts.lan", str(port + 1), str(files.ca), str(port))),),
    )


def trust_notes(explained: str, *, fresh: bool) -> tuple[str, ...]:
    """How other devices learn to trust this machine."""
    import segno  # noqa: PLC0415 - with the picture only

    picture = io.StringIO()
    segno.make(explained, micro=False).terminal(out=picture, compact=True)
    news = "This machine has a new certificate authority. " if fresh else ""
    return (f"{news}On each other device, once: open {explained} and trust the certificate.", picture.getvalue())


def claim(host: str, port: int) -> None:
    """Say so at once when somebody else has the port."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise Refused(f"Port {port} cannot be used ({error.strerror}). Take another: make run PORT={port + 10}") from error
