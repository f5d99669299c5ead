"""Operations are kept as they came; changes are what a till must learn."""

from django.db import models

from smartpos.audit.models import ChainHead
from smartpos.db.append_only import AppendOnlyModel
from smartpos.people.scope import Tenant


class DeviceJournal(Tenant, ChainHead):
    """The one hot row of a device: it serialises the device's acts, and holds what must not have holes."""

    device = models.OneToOneField("people.Device", on_delete=models.PROTECT, related_name="journal")
    last_seq = models.BigIntegerField(default=0)
    last_number = models.BigIntegerField(default=0)
    clock_offset_ms = models.BigIntegerField(default=0)
    last_occurred_at = models.DateTimeField(null=True)
    last_seen_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"device:{self.device_id}"


class Operation(Tenant, AppendOnlyModel):
    """One act of a device with the answer it got. The same uuid gets the same answer for ever."""

    uuid = models.UUIDField(unique=True)
    device = models.ForeignKey("people.Device", on_delete=models.PROTECT, related_name="+", db_constraint=False)
    version = models.PositiveSmallIntegerField()
    seq = models.BigIntegerField()
    kind = models.CharField(max_length=40)
    device_at = models.CharField(max_length=40)
    clock_offset_ms = models.BigIntegerField()
    occurred_at = models.DateTimeField()
    received_at = models.DateTimeField()
    business_date = models.DateField()
    actor_id = models.BigIntegerField(null=True)
    cursor = models.BigIntegerField()
    fingerprint = models.BinaryField(max_length=32)
    body = models.TextField()
    state = models.CharField(max_length=12)
    marks = models.TextField()
    answer = models.TextField()

    class Meta(Tenant.Meta):
        indexes = [
            models.Index(fields=["device", "seq"], name="operation_by_seq"),
            models.Index(fields=["business", "-received_at"], name="operation_to_review", condition=~models.Q(state="done")),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.uuid}"


class ParkedBody(Tenant):
    """What a private operation that waits for review said. The journal keeps none of it, since it cannot forget; this row can."""

    operation = models.OneToOneField(Operation, on_delete=models.PROTECT, related_name="parked")
    body = models.TextField()

    def __str__(self) -> str:
        return f"{self.operation_id}"


class Retrial(Tenant, AppendOnlyModel):
    """A parked operation was booked after all: it was judged once more, because `employee` asked for it in the office.

    The operation's own row and the answer that its device got stay as they were.
    """

    operation = models.OneToOneField(Operation, on_delete=models.PROTECT, related_name="retrial", db_constraint=False)
    employee = models.ForeignKey("people.Employee", on_delete=models.PROTECT, related_name="+", db_constraint=False)
    state = models.CharField(max_length=12)
    marks = models.TextField()
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.operation_id}: {self.state}"


class SequenceGap(Tenant):
    """Numbers a device skipped: recorded, shown, never fatal. A late arrival fills it."""

    device = models.ForeignKey("people.Device", on_delete=models.PROTECT, related_name="+")
    first = models.BigIntegerField()
    last = models.BigIntegerField()
    seen_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.device_id}: {self.first}–{self.last}"


class DeviceStatus(Tenant):
    """What a device last said of itself. A row of its own, so that a sign of life never waits for a sale."""

    device = models.OneToOneField("people.Device", on_delete=models.PROTECT, related_name="status")
    at = models.DateTimeField()
    address = models.CharField(max_length=45)
    browser = models.CharField(max_length=200)
    build = models.CharField(max_length=40)
    waiting = models.PositiveIntegerField()
    last_seq = models.BigIntegerField()
    persisted = models.BooleanField(null=True)

    def __str__(self) -> str:
        return f"device:{self.device_id} {self.at:%H:%M:%S}"


class DeviceError(Tenant):
    """Something that went wrong on a device, as it told us; the newest few of each are kept."""

    device = models.ForeignKey("people.Device", on_delete=models.PROTECT, related_name="errors")
    uuid = models.UUIDField()
    occurred_at = models.DateTimeField()
    received_at = models.DateTimeField()
    message = models.CharField(max_length=300)
    build = models.CharField(max_length=40)

    class Meta(Tenant.Meta):
        constraints = [models.UniqueConstraint(fields=["device", "uuid"], name="device_error_once")]
        indexes = [models.Index(fields=["device", "-id"], name="device_error_newest")]

    def __str__(self) -> str:
        return self.message


class ChangeCursor(Tenant):
    """How far a business's change log goes; its row lock keeps cursors in commit order."""

    value = models.BigIntegerField(default=0)

    class Meta(Tenant.Meta):
        constraints = [models.UniqueConstraint(fields=["business"], name="one_cursor_per_business")]

    def __str__(self) -> str:
        return f"{self.business_id}@{self.value}"


class Change(Tenant, AppendOnlyModel):
    """What one thing looks like to a till from a cursor on. The latest per key is the snapshot, older ones are its history."""

    cursor = models.BigIntegerField()
    kind = models.CharField(max_length=20)
    key = models.CharField(max_length=40)
    object_id = models.BigIntegerField()
    store_id = models.BigIntegerField(null=True)
    body = models.TextField(null=True)

    class Meta(Tenant.Meta):
        constraints = [models.UniqueConstraint(fields=["business", "cursor"], name="change_cursor_once")]
        indexes = [models.Index(fields=["business", "kind", "key", "-cursor"], name="change_by_key")]

    def __str__(self) -> str:
        return f"{self.kind}:{self.key}@{self.cursor}"
