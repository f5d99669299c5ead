"""What this machine is called in the local network, and the page from which other devices fetch its authority.

python -m scripts.lan PORT CERTIFICATE HTTPS_PORT    serve that page over plain HTTP
"""

import fcntl
import html
import ipaddress
import socket
import struct
import sys
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import urlsplit

from scripts.tls import Address, Names

PAGE = Path(__file__).with_name("trust.html")
CERTIFICATE = "/smartpos-ca.crt"
SIOCGIFADDR = 0x8915
# Networks inside this machine: nobody else reaches us there.
INNER = ("lo", "docker", "br-", "veth", "virbr", "tun")


def names() -> Names:
    """Localhost, the host's name, and its addresses in the networks it is in."""
    host = socket.gethostname().partition(".")[0].lower()
    hosts = ["localhost"]
    if host.isascii() and host.replace("-", "").isalnum() and host != "localhost":
        hosts += [f"{host}.local", host]
    return Names(tuple(hosts), (*loopback(), *lan_addresses()))


def loopback() -> tuple[Address, ...]:
    """This machine as it calls itself."""
    return ipaddress.IPv4Address("127.0.0.1"), ipaddress.IPv6Address("::1")


def lan_addresses() -> tuple[Address, ...]:
    """IPv4 addresses of the interfaces that lead out, in their order."""
    found: list[Address] = []
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        for _index, name in socket.if_nameindex():
            if name.startswith(INNER):
                continue
            try:
                answer = fcntl.ioctl(probe.fileno(), SIOCGIFADDR, struct.pack("256s", name.encode()[:15]))
            except OSError:
                continue
            found.append(ipaddress.IPv4Address(answer[20:24]))
    return tuple(dict.fromkeys(found))


class TrustPage(BaseHTTPRequestHandler):
    """Three documents: how to trust the authority, its certificate, and nothing else."""

    server: "TrustServer"

    def do_GET(self) -> None:
        """The page at every address but the certificate's."""
        if urlsplit(self.path).path == CERTIFICATE:
            # Phones open their certificate dialogue by this type.
            self._answer(self.server.certificate, "application/x-x509-ca-cert")
        else:
            self._answer(self.server.page(self._host()), "text/html; charset=utf-8")

    def _host(self) -> str:
        """The name by which the visitor found us; it is reachable from where they are."""
        return html.escape(self.headers.get("Host", "localhost").rpartition(":")[0] or "localhost")

    def _answer(self, body: bytes, kind: str) -> None:
        self.send_response(200)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Cache-Control", "no-store")
        self.send_header("X-Content-Type-Options", "nosniff")
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base class names it so
        """Visits to this page are of no interest."""


class TrustServer(ThreadingHTTPServer):
    """Serves the page of one certificate."""

    daemon_threads = True

    def __init__(self, port: int, certificate: Path, https_port: int) -> None:
        self.certificate = certificate.read_bytes()
        self._page = PAGE.read_text(encoding="utf-8").replace("{port}", str(https_port))
        super().__init__(("0.0.0.0", port), TrustPage)  # noqa: S104 - other devices have to reach it

    def page(self, host: str) -> bytes:
        """The page, with the address of the till for this visitor."""
        return self._page.replace("{host}", host).encode()


if __name__ == "__main__":
    TrustServer(int(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3])).serve_forever()
