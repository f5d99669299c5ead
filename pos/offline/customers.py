"""`customer.put`: who was added or changed at a till, also with no network (POS-13, CUS-07, C-61)."""

from functools import partial

from pos.models import Customer
from pos.offline.bodies import CustomerPut
from pos.services.customers import LONGEST, changed, put_contact, usable_contact
from pos.settings import setting_at
from smartpos.operations.envelope import Mark
from smartpos.operations.kinds import Case, Verdict


def judge_put(case: Case, body: CustomerPut) -> Verdict:
    """Keep it; of two changes the later one holds. What another customer has already is left out and marked."""
    device, uuid = case.device, body.customer
    known = Customer.everywhere.select_for_update().filter(uuid=uuid).first()
    if known is not None and (known.business_id != device.business_id or not known.is_living):
        return Verdict.review("customer_unknown")
    if not body.name.strip():
        return Verdict.review("unreadable", detail="name")
    late = known is not None and known.changed_at > case.occurred_at
    facts, refused = usable_contact({name: getattr(body, name) for name in LONGEST}, of=known)
    marks = [Mark(code="contact_left_out", detail=name) for name in refused]
    if not case.may("customer.add"):
        marks.append(Mark(code="permission_missing", permission="customer.add"))
    if not setting_at(case, "module.customer_management"):
        marks.append(Mark(code="module_off", detail="customer_management"))
    customer = known or Customer(
        business_id=device.business_id, uuid=uuid, created_at=case.occurred_at, changed_at=case.occurred_at
    )
    said = [name for name, text in facts.items() if text != (getattr(customer, name) or "")]
    enrolled = _enrolled(case, body, known)
    said += ["enrolled"] if enrolled != customer.enrolled else []
    verdict = Verdict(
        result={"customer": str(uuid)}, marks=marks, subject=f"customer:{uuid}", data={"changes": dict.fromkeys(sorted(said), "…")},
        action="customer.created" if known is None else "customer.changed",
        event=changed(device.business_id, uuid, device.store_id),
    )  # fmt: skip
    if late:
        verdict.action = "customer.outdated"
    else:
        verdict.write = partial(put_contact, customer, facts, enrolled=enrolled, at=case.occurred_at)
    return verdict


def _enrolled(case: Case, body: CustomerPut, known: Customer | None) -> bool:
    """As the till says; else somebody known stays as they are, and somebody new joins where new customers do (LOY-05)."""
    if body.enrolled is not None:
        return body.enrolled
    if known is not None:
        return known.enrolled
    return bool(setting_at(case, "loyalty.enabled") and setting_at(case, "loyalty.auto_enrol"))
