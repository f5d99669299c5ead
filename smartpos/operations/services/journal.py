"""The device's hot row: read under a lock at the start of an act, written once at its end."""

from dataclasses import dataclass
from datetime import UTC, datetime

from django.db import connection

from smartpos.audit.models import GENESIS
from smartpos.db.prepared import adapted, prepared_cursor
from smartpos.operations.models import DeviceJournal, SequenceGap
from smartpos.people.models import Device


@dataclass(slots=True)
class JournalRow:
    """The row as an act sees and moves it; also the head of the device's audit chain."""

    pk: int
    last_seq: int
    last_number: int
    last_occurred_at: datetime | None
    chain_length: int
    chain_hash: str
    revoked_at: datetime | None


_COLUMNS = "j.id, j.last_seq, j.last_number, j.last_occurred_at, j.chain_length, j.chain_hash, d.revoked_at"
_SELECT = f"SELECT {_COLUMNS} FROM operations_devicejournal j JOIN people_device d ON d.id = j.device_id WHERE j.device_id = %s"  # noqa: S608 - constants
_UPDATE = (
    "UPDATE operations_devicejournal SET last_seq = %s, last_number = %s, last_occurred_at = %s, last_seen_at = %s, "
    "clock_offset_ms = %s, chain_length = %s, chain_hash = %s WHERE id = %s"
)


def lock(device: Device) -> JournalRow:
    """The device's row, locked until the transaction ends; made at its first act."""
    row = _locked(device.pk)
    if row is None:
        DeviceJournal.objects.bulk_create(
            [DeviceJournal(business_id=device.business_id, device=device, chain_hash=GENESIS)], ignore_conflicts=True
        )
        row = _locked(device.pk)
    if row is None:
        raise LookupError(f"device {device.pk} has no journal")
    return row


def _locked(device_id: int) -> JournalRow | None:
    lock_clause = " FOR UPDATE OF j" if connection.vendor == "postgresql" else ""
    with prepared_cursor() as cursor:
        cursor.execute(_SELECT + lock_clause, adapted([device_id]))
        values = cursor.fetchone()
    if values is None:
        return None
    row = JournalRow(*values)
    row.last_occurred_at = _aware(row.last_occurred_at)
    row.revoked_at = _aware(row.revoked_at)
    return row


def _aware(value: datetime | None) -> datetime | None:
    """SQLite hands times out in UTC without saying so."""
    return value.replace(tzinfo=UTC) if value is not None and value.tzinfo is None else value


def save(row: JournalRow, *, seen_at: datetime, clock_offset_ms: int) -> None:
    """Write the row back; it is still locked."""
    values = [
        row.last_seq, row.last_number, row.last_occurred_at, seen_at, clock_offset_ms, row.chain_length, row.chain_hash, row.pk,
    ]  # fmt: skip
    with prepared_cursor() as cursor:
        cursor.execute(_UPDATE, adapted(values))


def count(row: JournalRow, device: Device, seq: int, *, at: datetime) -> None:
    """Take note of an operation's place in the device's count: record a hole, or fill one."""
    if seq == row.last_seq + 1:
        row.last_seq = seq
    elif seq > row.last_seq:
        SequenceGap.objects.create(
            business_id=device.business_id, device=device, first=row.last_seq + 1, last=seq - 1, seen_at=at
        )
        row.last_seq = seq
    else:
        _fill(device, seq)


def _fill(device: Device, seq: int) -> None:
    gap = SequenceGap.objects.filter(device=device, first__lte=seq, last__gte=seq).first()
    if gap is None:
        return
    for first, last in ((gap.first, seq - 1), (seq + 1, gap.last)):
        if first <= last:
            SequenceGap.objects.create(
                business_id=device.business_id, device=device, first=first, last=last, seen_at=gap.seen_at
            )
    gap.delete()
