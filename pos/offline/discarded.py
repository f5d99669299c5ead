"""`queue.discard`: what a till threw away unsent (C-34). It is gone whatever is said here, so it is never refused: it books
nothing, and says how much, which numbers and who said yes. What had arrived nevertheless is named beside it.
"""

from collections.abc import Iterable
from decimal import Decimal

from pos.events import QueueDiscarded
from pos.offline.approved import offline_marks, told
from pos.offline.bodies import Discarded, QueueDiscard
from smartpos.audit.services import Data
from smartpos.operations.envelope import Mark
from smartpos.operations.kinds import Case, Verdict
from smartpos.operations.models import Operation

DISCARD = "queue.discard"
# What money came in by, and what it went back by.
SIGNS = {"sale.settle": 1, "refund.make": -1, "receipt.void": -1}
AT_ONCE = 500


def judge_discard(case: Case, body: QueueDiscard) -> Verdict:
    """Keep what is said of it. Only an approval counts: whoever has the right enters their PIN for it, too."""
    marks = []
    if not any(approval.code == DISCARD for approval in case.approved()):
        marks.append(Mark(code="permission_missing", permission=DISCARD))
    marks += offline_marks(case)
    data = {**_sums(body.operations, case.device.store.currency), **told(case)}
    if arrived := _arrived(body.operations):
        data["arrived"] = arrived
    device = case.device
    event = QueueDiscarded(
        business_id=device.business_id, store_id=device.store_id, shard=f"{device.business_id}:device:{device.pk}",
        operation=str(case.operation.id), device=str(device.uuid), count=len(body.operations), total=str(data["total"]),
    )  # fmt: skip
    return Verdict(
        result={"discarded": len(body.operations), "arrived": arrived}, marks=marks, action="queue.discarded",
        subject=f"device:{device.uuid}", data=data, event=event,
    )  # fmt: skip


def _sums(operations: Iterable[Discarded], currency: str) -> Data:
    """How many acts, what they come to by kind and altogether, and the numbers of their papers."""
    by_kind: dict[str, list[Decimal]] = {}
    for operation in operations:
        by_kind.setdefault(operation.kind, []).append(Decimal(operation.total))
    total = sum((SIGNS.get(kind, 0) * sum(amounts) for kind, amounts in by_kind.items()), Decimal())
    kinds = {
        kind: f"{len(amounts)} · {sum(amounts)}" if kind in SIGNS else str(len(amounts)) for kind, amounts in by_kind.items()
    }
    count = sum(len(amounts) for amounts in by_kind.values())
    return {"count": count, "total": str(total), "currency": currency, "numbers": spans(operations), "kinds": kinds}


def spans(operations: Iterable[Discarded]) -> str:
    """Numbers as people write them: «A1-3 – A1-5, A1-9»."""
    found: dict[str, list[int]] = {}
    for operation in operations:
        if operation.series and operation.number and operation.kind in SIGNS:
            found.setdefault(operation.series, []).append(operation.number)
    written = []
    for series, numbers in sorted(found.items()):
        for first, last in _runs(sorted(set(numbers))):
            written.append(f"{series}-{first}" + (f" – {series}-{last}" if last > first else ""))
    return ", ".join(written)


def _runs(numbers: Iterable[int]) -> list[tuple[int, int]]:
    runs: list[tuple[int, int]] = []
    for number in numbers:
        if runs and number == runs[-1][1] + 1:
            runs[-1] = (runs[-1][0], number)
        else:
            runs.append((number, number))
    return runs


def _arrived(operations: tuple[Discarded, ...]) -> int:
    """How many of them had come before they were thrown away: an answer was lost on its way."""
    ids = [operation.id for operation in operations]
    parts = (ids[at : at + AT_ONCE] for at in range(0, len(ids), AT_ONCE))
    return sum(Operation.objects.filter(uuid__in=part).count() for part in parts)
