"""A business's own mail server: kept sealed, tried on request, and never a way into the network of whoever runs this."""

import smtplib
import socket
from dataclasses import dataclass
from datetime import datetime
from email.utils import formataddr
from ipaddress import ip_address

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.mail import EmailMessage
from django.core.mail.backends.smtp import EmailBackend
from django.core.validators import validate_email
from django.utils.translation import gettext as _

from smartpos.audit.services import record
from smartpos.crypto import seal, unseal
from smartpos.db.locks import write_transaction
from smartpos.errors import DomainError
from smartpos.mail.models import Mail, MailServer, Security
from smartpos.people.models import Employee
from smartpos.people.services import throttle

PURPOSE = "mail.server"
TIMEOUT_S = 10
# On a server for many, where nobody may look around by naming ports.
MAIL_PORTS = (25, 465, 587, 2525)
FREE_TRIES = 5


class Unreachable(OSError):
    """An address where no mail may go from here."""


def reachable(host: str, port: int) -> str:
    """The address to connect to. Where the local network is closed every address of the name must be public.

    Looked up once and connected to by number: a name cannot lead elsewhere a moment later.
    """
    found = [str(info[4][0]) for info in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]
    if not settings.MAIL_LAN:
        if port not in MAIL_PORTS:
            raise Unreachable("not a port of mail")
        if not all(ip_address(one.partition("%")[0]).is_global for one in found):
            raise Unreachable("an address of a local network")
    return found[0]


class _Plain(smtplib.SMTP):
    """Connects to the address that was looked at."""

    def _get_socket(self, host: str, port: int, timeout: float) -> socket.socket:
        return socket.create_connection((reachable(host, port), port), timeout)


class _Tls(smtplib.SMTP_SSL):
    """The same, encrypted from the start; the certificate is that of the name."""

    def _get_socket(self, host: str, port: int, timeout: float) -> socket.socket:
        plain = socket.create_connection((reachable(host, port), port), timeout)
        return self.context.wrap_socket(plain, server_hostname=host)


class _Backend(EmailBackend):
    @property
    def connection_class(self) -> type[smtplib.SMTP]:
        return _Tls if self.use_ssl else _Plain


def own_server() -> MailServer | None:
    """The server of the act's business; None where mail leaves by the installation's."""
    found: MailServer | None = MailServer.objects.first()
    return found


def server_of(mail: Mail) -> MailServer | None:
    """By which server of its business a mail leaves. One by which somebody could act as its receiver goes by the installation's alone."""
    return None if mail.secret else own_server()


def leaves(mail: Mail) -> bool:
    """Whether it really leaves, and is not written into a folder."""
    return bool(settings.MAIL_URL) or server_of(mail) is not None


def connection_to(server: MailServer) -> EmailBackend:
    """A connection that is opened when it is used."""
    return _Backend(
        host=server.host, port=server.port, username=server.username,
        password=unseal(PURPOSE, bytes(server.sealed)) if server.sealed else "",
        use_tls=server.security == Security.STARTTLS, use_ssl=server.security == Security.TLS, timeout=TIMEOUT_S,
    )  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class ServerInput:
    """A server as the form gives it; without a password the kept one stays."""

    host: str
    port: int
    security: str
    username: str = ""
    password: str = ""
    sender: str


def save_server(given: ServerInput, *, by: Employee, at: datetime) -> MailServer:
    """Keep a server. A password never goes over a line that is not encrypted."""
    host = given.host.strip().lower()
    if not host or any(sign.isspace() or sign in "/@:" for sign in host):
        raise DomainError(_("Write the name of the server, such as smtp.example.com."), field="host")
    if given.security not in Security.values:
        raise DomainError(_("Choose one of the list."), field="security")
    if not 1 <= given.port <= 65535 or (not settings.MAIL_LAN and given.port not in MAIL_PORTS):
        raise DomainError(_("Mail servers listen on 25, 465, 587 or 2525."), field="port")
    if given.username and given.security == Security.NONE:
        raise DomainError(_("A password is not sent over a line that is not encrypted."), field="security")
    try:
        validate_email(given.sender)
    except ValidationError as error:
        raise DomainError(_("This is not an e-mail address."), field="sender") from error
    with write_transaction():
        row = MailServer.objects.select_for_update().first() or MailServer(business_id=by.business_id)
        # A kept password is for the server and the user it was given for: elsewhere it would be handed to a stranger.
        same = (row.host, row.port, row.username) == (host, given.port, given.username)
        if given.password:
            row.sealed = seal(PURPOSE, given.password)
        elif not same or not given.username:
            row.sealed = None
        if given.username and not row.sealed:
            raise DomainError(_("Write the password."), field="password")
        row.host, row.port, row.security, row.username = host, given.port, given.security, given.username
        row.sender, row.changed_at = given.sender, at
        row.save()
        said = {"name": f"{host}:{given.port}", "email": given.sender}
        record("mail.server_changed", subject=f"business:{by.business_id}", data=said, at=at)
    return row


def remove_server(*, by: Employee, at: datetime) -> None:
    """Mail leaves by the installation's server again. Twice does no harm."""
    with write_transaction():
        row = MailServer.objects.select_for_update().first()
        if row is not None:
            record("mail.server_removed", subject=f"business:{by.business_id}", data={"name": str(row)}, at=at)
            row.delete()


def try_server(server: MailServer, *, to: str, subject: str, text: str, by: Employee, at: datetime) -> str:
    """Hand a mail to the server now; answers what it said against it, "" where it took it. A few tries, then a pause that grows."""
    keys = (f"mail-server:{by.business_id}",)
    throttle.check(keys, at=at)
    throttle.fail(keys, at=at, free=FREE_TRIES)
    sender = formataddr((" ".join(by.business.name.split()), server.sender))
    error = ""
    try:
        EmailMessage(subject, text, sender, [to], connection=connection_to(server)).send()
    except smtplib.SMTPAuthenticationError as refused:
        error = _("The server refuses this user or password (%(code)s).") % {"code": refused.smtp_code}
    except smtplib.SMTPRecipientsRefused:
        error = _("The server does not take mail for %(to)s.") % {"to": to}
    except smtplib.SMTPResponseException as refused:
        error = _("The server said no (%(code)s).") % {"code": refused.smtp_code}
    except smtplib.SMTPException as refused:
        error = _("The server does not speak as expected (%(what)s).") % {"what": type(refused).__name__}
    except Unreachable:
        error = _("Mail cannot go to this address from here.")
    except OSError as refused:
        error = _("No answer from %(host)s (%(what)s).") % {"host": str(server), "what": type(refused).__name__}
    with write_transaction():
        record("mail.server_tried", subject=f"business:{by.business_id}", data={"name": str(server), "error": error}, at=at)
    return error
