"""Money that is somebody else's, at a till: goods sold for their owners, parcels paid for, and both paid on (docs/entrusted.md).

It happened, so it is booked; what is odd about it is marked.
"""

from dataclasses import dataclass, replace
from decimal import Decimal
from functools import partial

from pos.models import EntrustedKind, EntrustedMethod, PartyKind, Shift
from pos.offline.coins import amount_of, lacking
from pos.offline.entrusted_bodies import ConsignmentPay, ConsignmentSell, ParcelsReceive
from pos.offline.settle import shift_of
from pos.offline.shift_bodies import Party as PartyBody
from pos.offline.unbookable import Unbookable
from pos.selectors.drawer import expected_cash
from pos.selectors.entrusted import known_party, owed
from pos.services.entrusted import EntryDraft, book_entry, booked, party_of
from pos.settings import setting_at
from smartpos.operations.envelope import Mark, encode
from smartpos.operations.kinds import Case, Verdict

CASH, CARD = EntrustedMethod.CASH, EntrustedMethod.CARD
GOES_OUT = {EntrustedKind.PAYOUT, EntrustedKind.COLLECTED}
MODULES = {PartyKind.OWNER: "module.commission_sales", PartyKind.COURIER: "module.postal_packages"}
SELL, PAY, RECEIVE = "consignment.sell", "consignment.pay", "parcels.receive"


@dataclass(frozen=True, slots=True, kw_only=True)
class Act:
    """What somebody did for whom; `amount` once it is read."""

    kind: EntrustedKind
    whose: PartyKind
    party: PartyBody
    amount: Decimal = Decimal(0)
    method: EntrustedMethod = CASH
    packages: int = 0
    note: str = ""
    receiver_id: int | None = None
    receiver: str = ""


def judge_sell(case: Case, body: ConsignmentSell) -> Verdict:
    """Goods of an owner, paid in cash or by card (INV-20)."""
    method = EntrustedMethod(body.method)
    act = Act(kind=EntrustedKind.SALE, whose=PartyKind.OWNER, party=body.owner, method=method, note=body.note)
    return _judged(case, act, body.amount, lacking(case, SELL))


def judge_pay(case: Case, body: ConsignmentPay) -> Verdict:
    """Cash to an owner; the note says who took it (INV-21)."""
    if not body.note.strip():
        return Verdict.review("unreadable", detail="note")
    act = Act(kind=EntrustedKind.PAYOUT, whose=PartyKind.OWNER, party=body.owner, note=body.note)
    return _judged(case, act, body.amount, lacking(case, PAY))


def judge_parcels(case: Case, body: ParcelsReceive) -> Verdict:
    """Parcels that came, and what was paid for them (INV-24)."""
    act = Act(
        kind=EntrustedKind.COD, whose=PartyKind.COURIER, party=body.courier, packages=body.packages, note=body.note
    )  # fmt: skip
    return _judged(case, act, body.cod, lacking(case, RECEIVE))


def judge_collected(
    case: Case, amount: str, courier: PartyBody, marks: list[Mark], *, receiver: tuple[int, str], note: str
) -> Verdict:
    """The money of parcels to their courier, by the PIN of an owner or manager (INV-25, C-45)."""
    act = Act(
        kind=EntrustedKind.COLLECTED, whose=PartyKind.COURIER, party=courier, note=note, receiver_id=receiver[0],
        receiver=receiver[1],
    )  # fmt: skip
    return _judged(case, act, amount, marks)


def _judged(case: Case, act: Act, amount: str, marks: list[Mark]) -> Verdict:
    read = amount_of(case, amount)
    if read is None:
        return Verdict.review("unreadable", detail="amount")
    act = replace(act, amount=read)
    if not read and not act.packages:
        return Verdict.review("unreadable", detail="amount")
    if not act.party.name.strip():
        return Verdict.review("unreadable", detail="name")
    try:
        held = shift_of(case)
    except Unbookable as no:
        return Verdict.review(no.code, detail=no.detail)
    shift = Shift.objects.select_related("store").get(pk=held.pk)
    marks += _oddities(case, act, shift)
    uuid = case.operation.id
    said = {
        "party": act.party.name, "amount": amount, "currency": shift.store.currency, "method": act.method.value,
        "packages": str(act.packages or ""), "reason": act.note.strip(), "receiver": act.receiver,
    }  # fmt: skip
    return Verdict(
        state="done" if held.is_open else "done-late", result={"entry": str(uuid)}, marks=marks,
        action=f"entrusted.{act.kind.value}", subject=f"shift:{shift.uuid}",
        data={name: text for name, text in said.items() if text},
        event=booked(shift.business_id, act.party.id, uuid, act.kind, shift.store_id),
        write=partial(_write, case, shift, act, marks, late=not held.is_open),
    )  # fmt: skip


def _oddities(case: Case, act: Act, shift: Shift) -> list[Mark]:
    module = MODULES[act.whose]
    marks = [] if setting_at(case, module) else [Mark(code="module_off", detail=module.removeprefix("module."))]
    if not shift.is_open:
        marks.append(Mark(code="shift_closed"))
    if act.kind not in GOES_OUT:
        return marks
    if shift.is_open and act.amount > expected_cash(shift):
        marks.append(Mark(code="drawer_short"))
    known = known_party(act.whose, act.party.id, act.party.name)
    # A courier collects what this store took; an owner may be paid anywhere.
    where = shift.store if act.whose == PartyKind.COURIER else None
    if known is None or act.amount > owed(known, currency=shift.store.currency, store=where):
        marks.append(Mark(code="more_than_owed", detail=act.party.name))
    return marks


def _write(case: Case, shift: Shift, act: Act, marks: list[Mark], *, late: bool) -> None:
    party = party_of(shift.business_id, act.whose, act.party.id, act.party.name, at=case.occurred_at)
    book_entry(
        party, shift,
        EntryDraft(
            uuid=case.operation.id, kind=act.kind, method=act.method, amount=act.amount, at=case.occurred_at,
            received_at=case.received_at, business_date=case.business_date, employee_id=case.actor_id,
            receiver_id=act.receiver_id, packages=act.packages, note=" ".join(act.note.split()), late=late,
            marks=encode(marks).decode(),
        ),
    )  # fmt: skip
