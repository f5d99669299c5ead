"""Mail as it was written; how its sending goes stands in its delivery."""

from django.db import models

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
