"""`training.sale`: practice (POS-59). It is kept as an operation and is nothing else: no receipt, no number of the device's series,
no stock, no cash, no points, no figures. It is a kind of its own, so that what books sales never meets it.
"""

from pos.events import TrainingSold
from pos.offline.bodies import SaleSettle
from pos.offline.settle import price_again
from pos.offline.unbookable import Unbookable
from smartpos.operations.kinds import Case, Verdict
from smartpos.people.models import Device

SERIES = "TEST"
TERMINAL_TRAINING = 1


def judge_training(case: Case, body: SaleSettle) -> Verdict:
    """Reckon it, so that people practise with a till that is watched like any other; a terminal that was for real then is for a
    manager, since money may have been taken.
    """
    if body.series != SERIES:
        return Verdict.review("unreadable", detail="series")
    if not _training(case):
        return Verdict.review("training_off")
    try:
        price_again(case, body.cart, body.goods, body.figures, change=body.figures.change)
    except Unbookable as no:
        return Verdict.review(no.code, detail=no.detail)
    operation, device = case.operation.id, case.device
    event = TrainingSold(
        business_id=device.business_id, store_id=device.store_id, shard=f"{device.business_id}:device:{device.pk}",
        operation=str(operation),
    )  # fmt: skip
    label = f"{SERIES}-{body.number}"
    return Verdict(
        result={"receipt": str(operation), "label": label}, action="training.sale", subject=f"training:{operation}",
        data={"label": label, "total": body.figures.total, "currency": device.store.currency}, event=event,
    )  # fmt: skip


def _training(case: Case) -> bool:
    """Whether the terminal was for practice as far as the till knew. It may have moved since this process last looked."""
    key = Device.objects.values_list("terminal__uuid", flat=True).get(pk=case.device.pk)
    fact = case.facts.at("terminal", str(key), case.operation.cursor, case.device.store_id)
    return bool(fact and fact.body and fact.body[TERMINAL_TRAINING])
