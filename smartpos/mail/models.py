"""Mail as it was written; how its sending goes stands in its delivery."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from smartpos.ids import uuid7
from smartpos.people.scope import Tenant


class Mail(Tenant):
    """One mail to one person. `key` makes writing it twice harmless. A secret one loses its texts once it is sent.

    `about` names what its files are made of («receipt:…»); empty for mail without files.
    """

    uuid = models.UUIDField(default=uuid7, unique=True, editable=False)
    store_id = models.BigIntegerField(null=True)
    key = models.CharField(max_length=120)
    kind = models.CharField(max_length=40)
    to = models.EmailField()
    language = models.CharField(max_length=5)
    subject = models.CharField(max_length=200)
    text = models.TextField(blank=True)
    html = models.TextField(blank=True)
    secret = models.BooleanField(default=False)
    about = models.CharField(max_length=60, default="", blank=True)
    created_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)

    class Meta(Tenant.Meta):
        constraints = [models.UniqueConstraint(fields=["business", "key"], name="mail_once")]
        indexes = [
            models.Index(fields=["business", "-id"], name="mail_newest"),
            models.Index(fields=["business", "about"], name="mail_about", condition=~models.Q(about="")),
        ]

    def __str__(self) -> str:
        return f"{self.kind} to {self.to}"


class MailText(Tenant):
    """A type's subject and HTML in a language as a business wrote them; without a row they are as shipped (SET-16)."""

    kind = models.CharField(max_length=40)
    language = models.CharField(max_length=5)
    subject = models.CharField(max_length=200)
    html = models.TextField()
    changed_at = models.DateTimeField()

    class Meta(Tenant.Meta):
        constraints = [models.UniqueConstraint(fields=["business", "kind", "language"], name="mail_text_once")]

    def __str__(self) -> str:
        return f"{self.kind} {self.language}"


class Security(models.TextChoices):
    """How the line to a mail server is encrypted."""

    STARTTLS = "starttls", _("STARTTLS (usual, port 587)")
    TLS = "tls", _("TLS from the start (port 465)")
    NONE = "none", _("Not encrypted (port 25)")


class MailServer(Tenant):
    """The server by which a business's own mail leaves (SET-17); without a row it is the installation's.

    `sealed` is the password under the server's key; it is in no page, log or file.
    """

    host = models.CharField(max_length=253)
    port = models.PositiveIntegerField()
    security = models.CharField(max_length=8, choices=Security.choices)
    username = models.CharField(max_length=200, blank=True)
    sealed = models.BinaryField(null=True)
    sender = models.EmailField()
    changed_at = models.DateTimeField()

    class Meta(Tenant.Meta):
        constraints = [models.UniqueConstraint(fields=["business"], name="one_mail_server_per_business")]

    def __str__(self) -> str:
        return f"{self.host}:{self.port}"
