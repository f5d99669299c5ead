"""`refund.request`: no manager is at hand, so the refund waits for one in the Backoffice (POS-47). Nothing moves."""

from functools import partial

from pos.events import RefundAsked
from pos.models import RefundRequest
from pos.offline.bodies import RefundRequested
from pos.offline.giving import original_of, wanted_lines, worth
from pos.offline.refund import MAKE, lacking, module_marks
from pos.offline.settle import shift_of
from pos.offline.unbookable import Unbookable
from smartpos.ids import uuid7
from smartpos.money import to_decimal
from smartpos.operations.kinds import Case, Verdict

AMOUNT_PLACES = 4


def judge_request(case: Case, body: RefundRequested) -> Verdict:
    """Keep what somebody wants to give back; the amount is the one by the refund rule, whatever the till showed."""
    try:
        if case.actor_id is None:
            raise Unbookable("actor_unknown")
        original, shift = original_of(case, body.original), shift_of(case)
        result = worth(original, wanted_lines(original, [(uuid7(), line.original_line, line.quantity) for line in body.lines]))
        if body.total != result.currency.format(result.total):
            raise Unbookable("figures_differ", detail="total")
    except Unbookable as no:
        return Verdict.review(no.code, detail=no.detail)
    device, uuid = case.device, case.operation.id
    request = RefundRequest(
        uuid=uuid, business_id=device.business_id, store_id=device.store_id, terminal_id=shift.terminal_id, original=original,
        asked_by_id=case.actor_id, asked_at=case.occurred_at, reason=body.reason, method=body.method,
        currency=original.currency, total=to_decimal(result.total, AMOUNT_PLACES),
        lines=[{"line": str(x.original_line), "quantity": x.quantity, "restock": x.restock} for x in body.lines],
    )  # fmt: skip
    event = RefundAsked(
        business_id=device.business_id, store_id=device.store_id, shard=f"{device.business_id}:refunds:{device.store_id}",
        request=str(uuid),
    )  # fmt: skip
    return Verdict(
        result={"request": str(uuid)}, marks=module_marks(case) + lacking(case, MAKE), action="refund.asked", subject=f"refund:{uuid}",
        data={"label": original.label, "total": body.total, "currency": original.currency, "reason": body.reason}, event=event,
        write=partial(request.save, force_insert=True),
    )  # fmt: skip
