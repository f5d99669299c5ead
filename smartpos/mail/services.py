"""Writing mail and sending it."""

import smtplib
from collections.abc import Mapping
from datetime import datetime, timedelta
from email.utils import formataddr, parseaddr
from uuid import UUID

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.mail import EmailMultiAlternatives, get_connection
from django.core.validators import MaxLengthValidator, validate_email
from django.utils.translation import gettext as _

from smartpos.clock import now
from smartpos.context import current
from smartpos.db.locks import write_transaction
from smartpos.errors import DomainError
from smartpos.ids import uuid7
from smartpos.mail.models import Mail
from smartpos.mail.rendering import render
from smartpos.mail.server import connection_to, leaves, server_of
from smartpos.mail.texts import own_texts
from smartpos.mail.types import mail_type
from smartpos.outbox.deliveries import Outcome, Work, done, enqueue, failed, forget_delivery, retry
from smartpos.people.models import Business

KIND = "mail"
KEPT = timedelta(days=30)
LONGEST_ADDRESS = 254


def send_mail(
    *, type: str, to: str, context: Mapping[str, str], language: str = "", key: str = "", about: str = ""  # noqa: A002
) -> Mail:  # fmt: skip
    """Write a mail of a declared type inside the caller's transaction; it leaves after the commit.

    `context` fills every declared variable (`business_name` is filled here). The language is the business's unless given.
    The same `key` again is the same mail: nobody gets it twice. `about` is what the type's `attach` makes its files of.
    """
    kind = mail_type(type)
    business = Business.objects.get(pk=current().business_id or 0)
    address = checked_address(to)
    language = language if language in dict(settings.LANGUAGES) else business.language
    texts = render(kind, language, {"business_name": business.name, **context}, own_texts(kind, language))
    mail = Mail(
        business=business, store_id=current().store_id, kind=kind.code, to=address, language=language, subject=texts.subject,
        text=texts.text, html=texts.html, secret=kind.secret, created_at=now(), key=key or uuid7().hex,
        about=about,
    )  # fmt: skip
    with write_transaction():
        Mail.objects.bulk_create([mail], ignore_conflicts=True)
        written: Mail = Mail.objects.get(key=mail.key)
        # The address stands in the payload for the page of the outbox; the texts do not.
        enqueue(kind=KIND, key=str(written.uuid), payload={"mail": str(written.uuid), "type": kind.code, "to": written.to})
    return written


def withdraw_mail(key: str) -> None:
    """Take back a mail with everything personal in it, sent or not, inside the caller's transaction."""
    for mail in Mail.objects.filter(key=key):
        forget_delivery(kind=KIND, key=str(mail.uuid))
        mail.delete()


def checked_address(to: str) -> str:
    """An address that can be mailed to; DomainError beside the field `email` where it is none."""
    address = to.strip()
    try:
        validate_email(address)
        MaxLengthValidator(LONGEST_ADDRESS)(address)
    except ValidationError as error:
        raise DomainError(_("This is not an e-mail address."), field="email") from error
    return address


def describe(payload: Mapping[str, str]) -> str:
    """A delivery of mail in a few words."""
    return f"{payload['type']} → {payload['to']}"


def deliver(work: Work) -> Outcome:
    """Hand one mail to the server. What was sent is not sent again; a lost answer may send twice, with one Message-ID."""
    mail = Mail.objects.select_related("business").filter(uuid=UUID(work.payload["mail"])).first()
    if mail is None:
        return failed("the mail is gone")
    if mail.sent_at is not None:
        return done("sent before")
    refusal = _send(mail)
    if refusal is not None:
        return refusal
    mark_sent(mail, at=now())
    return done("" if leaves(mail) else "data folder")


def _send(mail: Mail) -> Outcome | None:
    """What the server said against it; None when it took the mail."""
    try:
        message_of(mail).send()
    except smtplib.SMTPRecipientsRefused as error:
        return _refused(min((code for code, _text in error.recipients.values()), default=400), str(error))
    except smtplib.SMTPAuthenticationError as error:
        return retry(f"the mail server refuses our sign-in ({error.smtp_code})")
    except smtplib.SMTPResponseException as error:
        return _refused(error.smtp_code, f"{error.smtp_code} {error.smtp_error!r}")
    except (smtplib.SMTPException, OSError) as error:
        return retry(f"{type(error).__name__}: {error}")
    return None


def _refused(code: int, reason: str) -> Outcome:
    """5xx is for good, 4xx for now (RFC 5321)."""
    return failed(reason) if code >= 500 else retry(reason)


def message_of(mail: Mail) -> EmailMultiAlternatives:
    """The mail as it goes over the wire, from the business's name at its mail server's address, or at the installation's."""
    server = server_of(mail)
    address = server.sender if server else parseaddr(settings.DEFAULT_FROM_EMAIL)[1]
    domain = address.rpartition("@")[2] or "localhost"
    message = EmailMultiAlternatives(
        subject=mail.subject, body=mail.text, from_email=formataddr((" ".join(mail.business.name.split()), address)), to=[mail.to],
        headers={"Message-ID": f"<{mail.uuid}@{domain}>", "Auto-Submitted": "auto-generated"},
        connection=connection_to(server) if server else get_connection(),
    )  # fmt: skip
    message.attach_alternative(mail.html, "text/html")
    attach = mail_type(mail.kind).attach
    for file in attach(mail.about, mail.language) if attach and mail.about else ():
        message.attach(file.name, file.content, file.type)
    return message


def mark_sent(mail: Mail, *, at: datetime) -> None:
    """Write down that it left. Where it really left, a secret one's texts go."""
    mail.sent_at = at
    if mail.secret and leaves(mail):
        mail.text = mail.html = ""
    mail.save(update_fields=["sent_at", "text", "html"])


def forget_old(at: datetime) -> str:
    """Drop mail that was written a month ago: it holds people's addresses and is no book."""
    count, _tables = Mail.everywhere.filter(created_at__lt=at - KEPT).delete()
    return f"{count} mails"
