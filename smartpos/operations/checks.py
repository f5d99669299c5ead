"""What must be true of the journal: operations are as they came, and none is missing without being told."""

from collections.abc import Iterator

from django.db.models import Count, F, Max, Q

from smartpos.audit.checks import Finding
from smartpos.operations.envelope import fingerprint
from smartpos.operations.kinds import known_kinds
from smartpos.operations.models import DeviceJournal, Operation, SequenceGap


def altered_operations() -> Iterator[Finding]:
    """The stored text of an operation must give the fingerprint that was taken when it came; where it was kept whole."""
    private = [kind.name for kind in known_kinds() if kind.private]
    rows = Operation.everywhere.exclude(kind__in=private).order_by("pk").values_list("uuid", "fingerprint", "body")
    for uuid, kept, body in rows.iterator(chunk_size=500):
        if bytes(kept) != fingerprint(body.encode()):
            yield Finding(f"operation {uuid} was altered")


def counts() -> Iterator[Finding]:
    """A device's operations and its recorded gaps make up its count; gaps are told."""
    missing: dict[int, int] = {}
    gaps = SequenceGap.everywhere.select_related("device").order_by("device_id", "first")
    for gap in gaps.iterator():
        missing[gap.device_id] = missing.get(gap.device_id, 0) + gap.last - gap.first + 1
        span = f"{gap.first} to {gap.last}" if gap.last > gap.first else f"{gap.first}"
        yield Finding(f"{gap.device}: operation {span} of its count has not come", fault=False)
    numbered = Count("seq", filter=Q(seq__gt=0, seq__lte=F("device__journal__last_seq")), distinct=True)
    found = Operation.everywhere.order_by().values("device").annotate(count=numbered, last=Max("seq"))
    seen = {row["device"]: (row["count"], row["last"]) for row in found.iterator()}
    for journal in DeviceJournal.everywhere.select_related("device").order_by("pk").iterator():
        count, last = seen.get(journal.device_id, (0, 0))
        expected = journal.last_seq - missing.get(journal.device_id, 0)
        if count != expected or (last or 0) > journal.last_seq:
            yield Finding(f"{journal.device}: its count says {expected} operations, {count} are there")
