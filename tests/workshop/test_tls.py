"""The local authority: valid for this network's names, renewed when they change, and good for nothing else."""

import ipaddress
import socket
import ssl
import stat
import threading
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509

from scripts.tls import Files, Names, secure

NOW = datetime.now(UTC)
NAMES = Names(("localhost", "kasa.local", "kasa"), (ipaddress.ip_address("127.0.0.1"), ipaddress.ip_address("192.168.1.20")))


def handshake(files: Files, host: str) -> None:
    """A real TLS handshake in which the client trusts the local authority alone."""
    server = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    server.load_cert_chain(files.chain, files.key)
    client = ssl.create_default_context(cafile=str(files.ca))
    ours, theirs = socket.socketpair()

    def serve() -> None:
        try:
            server.wrap_socket(theirs, server_side=True).close()
        except OSError:
            theirs.close()

    thread = threading.Thread(target=serve)
    thread.start()
    try:
        client.wrap_socket(ours, server_hostname=host).close()
    finally:
        ours.close()
        thread.join()


@pytest.mark.parametrize("host", ["localhost", "kasa.local", "kasa", "127.0.0.1", "192.168.1.20"])
def test_a_client_that_trusts_the_authority_accepts_every_name(tmp_path: Path, host: str) -> None:
    handshake(secure(tmp_path / "tls", NAMES, at=NOW).files, host)


@pytest.mark.parametrize("host", ["example.org", "192.168.1.21"])
def test_a_name_that_is_not_ours_is_refused(tmp_path: Path, host: str) -> None:
    files = secure(tmp_path / "tls", NAMES, at=NOW).files
    with pytest.raises(ssl.SSLCertVerificationError):
        handshake(files, host)


def test_keys_can_be_read_by_their_owner_alone(tmp_path: Path) -> None:
    files = secure(tmp_path / "tls", NAMES, at=NOW).files
    assert [stat.S_IMODE(path.stat().st_mode) for path in (files.ca_key, files.key)] == [0o600, 0o600]
    assert stat.S_IMODE(files.folder.stat().st_mode) == 0o700


def test_nothing_changes_while_names_stay(tmp_path: Path) -> None:
    first = secure(tmp_path / "tls", NAMES, at=NOW)
    before = (first.files.ca.read_bytes(), first.files.chain.read_bytes())
    second = secure(tmp_path / "tls", NAMES, at=NOW + timedelta(days=300))
    assert first.new_authority
    assert not second.new_authority
    assert before == (second.files.ca.read_bytes(), second.files.chain.read_bytes())


def test_a_new_address_renews_the_certificate_under_the_same_authority(tmp_path: Path) -> None:
    ca = secure(tmp_path / "tls", NAMES, at=NOW).files.ca.read_bytes()
    moved = Names(NAMES.hosts, (*NAMES.addresses, ipaddress.ip_address("10.0.0.7")))
    again = secure(tmp_path / "tls", moved, at=NOW)
    assert not again.new_authority
    assert again.files.ca.read_bytes() == ca
    handshake(again.files, "10.0.0.7")


def test_a_certificate_near_its_end_is_renewed(tmp_path: Path) -> None:
    before = secure(tmp_path / "tls", NAMES, at=NOW).files.chain.read_bytes()
    later = secure(tmp_path / "tls", NAMES, at=NOW + timedelta(days=380))
    assert later.files.chain.read_bytes() != before
    assert not later.new_authority


def test_the_authority_cannot_vouch_for_the_web(tmp_path: Path) -> None:
    files = secure(tmp_path / "tls", NAMES, at=NOW).files
    ca = x509.load_pem_x509_certificate(files.ca.read_bytes())
    limits = ca.extensions.get_extension_for_class(x509.NameConstraints)
    assert limits.critical
    permitted = limits.value.permitted_subtrees or []
    assert "kasa" in [limit.value for limit in permitted if isinstance(limit, x509.DNSName)]
    networks = [str(limit.value) for limit in permitted if isinstance(limit, x509.IPAddress)]
    assert not [n for n in networks if ":" not in n and ipaddress.ip_address("8.8.8.8") in ipaddress.ip_network(n)]


def test_an_address_beyond_the_limits_makes_a_new_authority(tmp_path: Path) -> None:
    secure(tmp_path / "tls", NAMES, at=NOW)
    public = Names(NAMES.hosts, (ipaddress.ip_address("203.0.113.5"),))
    again = secure(tmp_path / "tls", public, at=NOW)
    assert again.new_authority
    handshake(again.files, "203.0.113.5")
