"""A certificate authority of this machine alone, so that tills in the local network get a secure context.

Its key never leaves `var/tls`, and it can vouch for nothing but local names and private addresses: whoever trusts it on a
phone trusts it for this shop's network, not for the web.
"""

import ipaddress
import os
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

CA_DAYS = 3650
# Phones refuse certificates that live longer than this.
SERVER_DAYS = 397
RENEW_DAYS = 30
PRIVATE = (
    "10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10", "169.254.0.0/16", "127.0.0.0/8",
    "fc00::/7", "fe80::/10", "::1/128",
)  # fmt: skip
LOCAL_NAMES = ("localhost", "local", "lan", "home.arpa")

Address = ipaddress.IPv4Address | ipaddress.IPv6Address


@dataclass(frozen=True, slots=True)
class Names:
    """What the certificate is for."""

    hosts: tuple[str, ...]
    addresses: tuple[Address, ...]


@dataclass(frozen=True, slots=True)
class Files:
    """Where everything lies."""

    folder: Path

    @property
    def ca(self) -> Path:
        """The authority's certificate, which devices have to trust."""
        return self.folder / "smartpos-ca.crt"

    @property
    def ca_key(self) -> Path:
        """The authority's key."""
        return self.folder / "ca.key"

    @property
    def chain(self) -> Path:
        """The server's certificate."""
        return self.folder / "server.crt"

    @property
    def key(self) -> Path:
        """The server's key."""
        return self.folder / "server.key"


@dataclass(frozen=True, slots=True)
class Secured:
    """The files, and whether devices have to trust a new authority."""

    files: Files
    new_authority: bool


def secure(folder: Path, names: Names, *, at: datetime) -> Secured:
    """Certificates for these names: those that are there when they still fit, else new ones."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    files = Files(folder)
    ca = _read(files.ca) if files.ca_key.exists() else None
    fresh = ca is None or not _lives(ca, at) or not may_vouch(ca, names)
    if fresh:
        ca = _make_ca(files, names, at)
    assert ca is not None
    server = _read(files.chain) if files.key.exists() else None
    if fresh or server is None or not _lives(server, at) or not _is_for(server, names):
        _make_server(files, ca, names, at)
    return Secured(files, new_authority=fresh)


def may_vouch(ca: x509.Certificate, names: Names) -> bool:
    """Whether the authority's own limits allow these names."""
    limits = ca.extensions.get_extension_for_class(x509.NameConstraints).value.permitted_subtrees or []
    hosts = [limit.value for limit in limits if isinstance(limit, x509.DNSName)]
    networks = [limit.value for limit in limits if isinstance(limit, x509.IPAddress)]
    return all(any(host == h or host.endswith(f".{h}") for h in hosts) for host in names.hosts) and all(
        any(_within(address, network) for network in networks) for address in names.addresses
    )


def _within(address: Address, network: object) -> bool:
    return isinstance(network, ipaddress.IPv4Network | ipaddress.IPv6Network) and address in network


def _is_for(certificate: x509.Certificate, names: Names) -> bool:
    alternatives = certificate.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    hosts = set(alternatives.get_values_for_type(x509.DNSName))
    return hosts == set(names.hosts) and set(alternatives.get_values_for_type(x509.IPAddress)) == set(names.addresses)


def _lives(certificate: x509.Certificate, at: datetime) -> bool:
    return certificate.not_valid_before_utc <= at < certificate.not_valid_after_utc - timedelta(days=RENEW_DAYS)


def _read(path: Path) -> x509.Certificate | None:
    return x509.load_pem_x509_certificate(path.read_bytes()) if path.exists() else None


def _make_ca(files: Files, names: Names, at: datetime) -> x509.Certificate:
    key = ec.generate_private_key(ec.SECP256R1())
    title = f"SmartPOS on {names.hosts[-1]}, {at:%Y-%m-%d}"
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, title)])
    networks = [ipaddress.ip_network(network) for network in PRIVATE]
    beyond = [ipaddress.ip_network(a) for a in names.addresses if not any(_within(a, network) for network in networks)]
    permitted: list[x509.GeneralName] = [x509.DNSName(name) for name in dict.fromkeys((*LOCAL_NAMES, *names.hosts))]
    permitted += [x509.IPAddress(network) for network in (*networks, *beyond)]
    certificate = (
        _builder(subject, subject, key.public_key(), at, CA_DAYS)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(_usage(authority=True), critical=True)
        .add_extension(x509.NameConstraints(permitted_subtrees=permitted, excluded_subtrees=None), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .sign(key, hashes.SHA256())
    )
    _write_key(files.ca_key, key)
    files.ca.write_bytes(certificate.public_bytes(serialization.Encoding.PEM))
    return certificate


def _make_server(files: Files, ca: x509.Certificate, names: Names, at: datetime) -> None:
    ca_key = serialization.load_pem_private_key(files.ca_key.read_bytes(), password=None)
    assert isinstance(ca_key, ec.EllipticCurvePrivateKey)
    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, names.hosts[-1])])
    alternatives: list[x509.GeneralName] = [x509.DNSName(host) for host in names.hosts]
    alternatives += [x509.IPAddress(address) for address in names.addresses]
    certificate = (
        _builder(subject, ca.subject, key.public_key(), at, SERVER_DAYS)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(_usage(authority=False), critical=True)
        .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]), critical=False)
        .add_extension(x509.SubjectAlternativeName(alternatives), critical=False)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(ca_key.public_key()), critical=False)
        .sign(ca_key, hashes.SHA256())
    )
    _write_key(files.key, key)
    files.chain.write_bytes(certificate.public_bytes(serialization.Encoding.PEM))


def _builder(
    subject: x509.Name, issuer: x509.Name, key: ec.EllipticCurvePublicKey, at: datetime, days: int
) -> x509.CertificateBuilder:
    # Clocks of tills are not exact: the certificate is a day old when it is made.
    begin = at.astimezone(UTC).replace(microsecond=0) - timedelta(days=1)
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key)
        .serial_number(x509.random_serial_number())
        .not_valid_before(begin)
        .not_valid_after(begin + timedelta(days=days))
    )


def _usage(*, authority: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=not authority,
        key_cert_sign=authority,
        crl_sign=authority,
        content_commitment=False,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        encipher_only=False,
        decipher_only=False,
    )


def _write_key(path: Path, key: ec.EllipticCurvePrivateKey) -> None:
    """Readable by its owner from the first moment."""
    data = key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    path.unlink(missing_ok=True)
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(data)
