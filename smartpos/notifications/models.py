"""What was told, and how far each person has read."""

import json
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from smartpos.audit.actions import link_of
from smartpos.ids import uuid7
from smartpos.notifications.kinds import UnknownKind, kind_of
from smartpos.people.scope import Tenant


class Loudness(models.TextChoices):
    """The severities in words."""

    INFO = "info", _("Information")
    WARNING = "warning", _("Warning")
    CRITICAL = "critical", _("Critical")


class Notification(Tenant):
    """Something told to those who may see its kind and its store (none: every store).

    `seq` is its place among those of the business and grows; an equal one that comes soon (`group`) makes the row count on, with a
    new place, so that it is unread again. `shown` is false until it happened often enough. `params` are plain data as JSON.
    `mail_due`: a mail about it is on its way.
    """

    uuid = models.UUIDField(default=uuid7, unique=True, editable=False)
    store = models.ForeignKey("people.Store", null=True, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=40)
    severity = models.CharField(max_length=8, choices=Loudness.choices)
    key = models.CharField(max_length=120)
    group = models.CharField(max_length=120, default="", blank=True)
    seq = models.BigIntegerField()
    count = models.PositiveIntegerField(default=1)
    shown = models.BooleanField(default=True)
    params = models.TextField(default="{}")
    subject = models.CharField(max_length=80, default="", blank=True)
    at = models.DateTimeField()
    made_at = models.DateTimeField()
    mail_due = models.BooleanField(default=False)
    mailed_at = models.DateTimeField(null=True)

    class Meta(Tenant.Meta):
        constraints = [
            models.UniqueConstraint(fields=["business", "key"], name="notification_once"),
            models.UniqueConstraint(fields=["business", "seq"], name="notification_place_once"),
        ]
        indexes = [
            models.Index(fields=["business", "-seq", "-id"], name="notification_list", condition=models.Q(shown=True)),
            models.Index(fields=["business", "group"], name="notification_group", condition=~models.Q(group="")),
            models.Index(fields=["business", "kind", "store", "-mailed_at"], name="notification_mailed"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.seq}"

    def _words(self) -> tuple[str, str]:
        try:
            kind = kind_of(self.kind)
        except UnknownKind:
            return self.kind, ""
        data: dict[str, Any] = json.loads(self.params)
        return kind.words({**data, "count": self.count})

    @property
    def title(self) -> str:
        """What happened, in the language of whoever reads."""
        return self._words()[0]

    @property
    def detail(self) -> str:
        """More of it, in a sentence."""
        return self._words()[1]

    @property
    def icon(self) -> str:
        """The picture of its kind."""
        try:
            return kind_of(self.kind).icon
        except UnknownKind:
            return "bell"

    @property
    def link(self) -> str:
        """The page of what it is about; "" where there is none."""
        return link_of(self.subject)


class ReadMark(Tenant):
    """Up to which place somebody has read everything."""

    employee = models.OneToOneField("people.Employee", on_delete=models.CASCADE, related_name="+")
    up_to = models.BigIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.employee_id} up to {self.up_to}"


class ReadNote(Tenant):
    """One that somebody read above their mark; it counts for the place that the notification had then."""

    employee = models.ForeignKey("people.Employee", on_delete=models.CASCADE, related_name="+")
    notification = models.ForeignKey(Notification, on_delete=models.CASCADE, related_name="+")
    seq = models.BigIntegerField()

    class Meta(Tenant.Meta):
        constraints = [models.UniqueConstraint(fields=["employee", "notification"], name="read_note_once")]

    def __str__(self) -> str:
        return f"{self.employee_id} read {self.notification_id}"
