"""Plain ids only: the log outlives and knows nothing of what it speaks about."""

from django.db import models

from smartpos.db.append_only import AppendOnlyModel

GENESIS = "0" * 64


class ChainHead(models.Model):
    """Where a chain stands. A device's journal row carries its own head, so that an act locks one row and not two."""

    chain_length = models.BigIntegerField(default=0)
    chain_hash = models.CharField(max_length=64, default=GENESIS)

    class Meta:
        abstract = True


class OfficeChain(ChainHead):
    """The chain of a business's acts that no device made."""

    business_id = models.BigIntegerField(unique=True)

    def __str__(self) -> str:
        return f"office:{self.business_id}"


class Entry(AppendOnlyModel):
    """One act. `hash` = SHA-256 over the previous hash and the canonical text of the other columns."""

    business_id = models.BigIntegerField()
    store_id = models.BigIntegerField(null=True)
    chain = models.CharField(max_length=40)
    position = models.BigIntegerField()
    at = models.DateTimeField()
    actor_id = models.BigIntegerField(null=True)
    device_id = models.BigIntegerField(null=True)
    address = models.CharField(max_length=45)
    action = models.CharField(max_length=60)
    subject = models.CharField(max_length=80)
    data = models.TextField()
    hash = models.CharField(max_length=64)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["chain", "position"], name="audit_position_once")]
        indexes = [models.Index(fields=["business_id", "-at", "-id"], name="audit_by_time")]

    def __str__(self) -> str:
        return f"{self.chain}#{self.position} {self.action}"


class ChainCheck(models.Model):
    """The last reading of a business's chains: how many entries, how many breaks, and the first of them in words."""

    business_id = models.BigIntegerField(unique=True)
    at = models.DateTimeField()
    entries = models.BigIntegerField()
    breaks = models.PositiveIntegerField()
    report = models.TextField(blank=True)

    def __str__(self) -> str:
        return f"{self.business_id}: {self.breaks} breaks at {self.at:%Y-%m-%d}"
