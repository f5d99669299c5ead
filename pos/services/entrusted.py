"""Money that is somebody else's: who they are, and the entries of their accounts. A wrong entry is corrected by another one."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from django.utils.translation import gettext as _

from inventory.folding import searchable
from pos.events import EntrustedBooked
from pos.models import EntrustedEntry, EntrustedKind, EntrustedMethod, Party, PartyKind, Shift
from pos.selectors.entrusted import CASH_KINDS, known_party, owed
from pos.services.cash import CashDraft, move_cash
from smartpos.access.permissions import allowed
from smartpos.audit.services import record
from smartpos.clock import business_day
from smartpos.db.locks import serialise, write_transaction
from smartpos.errors import Conflict, DomainError, NotAllowed
from smartpos.ids import uuid7
from smartpos.operations.services.changes import NewState, put
from smartpos.outbox.services import publish
from smartpos.people.models import Employee, Store

MANAGE = "entrusted.manage"
LONGEST_NOTE = 200
# What an entry does to the debt.
DUE = {EntrustedKind.SALE: 1, EntrustedKind.PAYOUT: -1, EntrustedKind.COD: 1, EntrustedKind.COLLECTED: -1}


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryDraft:
    """An entry of a till to be written."""

    uuid: UUID
    kind: EntrustedKind
    method: EntrustedMethod
    amount: Decimal
    at: datetime
    received_at: datetime
    business_date: date
    employee_id: int | None
    receiver_id: int | None = None
    packages: int = 0
    note: str = ""
    late: bool = False
    marks: str = "[]"


def party_of(business_id: int, kind: PartyKind, uuid: UUID, name: str, *, at: datetime) -> Party:
    """Who is meant at a till, or somebody new, who is told to tills."""
    known = known_party(kind, uuid, name)
    if known is not None:
        return known
    words = " ".join(name.split())
    own = uuid7() if Party.everywhere.filter(uuid=uuid).exists() else uuid
    given = {"business_id": business_id, "uuid": own, "name": words, "created_at": at}
    found: Party
    found, new = Party.objects.get_or_create(kind=kind, folded=searchable(words), defaults=given)
    if new:
        _tell(found)
    return found


def book_entry(party: Party, shift: Shift, given: EntryDraft) -> EntrustedEntry:
    """Write an entry of a till, and the coins that moved. Inside the transaction of the act, which holds the shift."""
    entry = EntrustedEntry(
        uuid=given.uuid, business_id=shift.business_id, party=party, store_id=shift.store_id, terminal_id=shift.terminal_id,
        shift=shift, employee_id=given.employee_id, kind=given.kind, method=given.method, amount=given.amount,
        due=DUE[given.kind] * given.amount, packages=given.packages, note=given.note, occurred_at=given.at,
        received_at=given.received_at, business_date=given.business_date, late=given.late, currency=shift.store.currency,
        marks=given.marks,
    )  # fmt: skip
    entry.save(force_insert=True)
    if given.method == EntrustedMethod.CASH and given.amount:
        draft = CashDraft(
            uuid=given.uuid, kind=CASH_KINDS[given.kind], amount=given.amount, reason=given.note, at=given.at,
            received_at=given.received_at, business_date=given.business_date, employee_id=given.employee_id,
            receiver_id=given.receiver_id, category=party.name, late=given.late, marks=given.marks,
        )  # fmt: skip
        move_cash(shift, draft)
    return entry


def save_party(
    party: Party | None, *, kind: PartyKind, name: str, note: str, by: Employee, at: datetime, uuid: UUID
) -> Party:  # fmt: skip
    """Add somebody, or change the name and the note. The same `uuid` again answers with the one that was made first."""
    words = " ".join(name.split())
    if not words:
        raise DomainError(_("Give a name."), field="name")
    with write_transaction():
        serialise(f"parties:{by.business_id}")
        found = party or Party.objects.filter(uuid=uuid).first()
        if found is None and Party.everywhere.filter(uuid=uuid).exists():
            raise Conflict(_("This page is out of date. Load it again."))
        found = found or Party(business_id=by.business_id, uuid=uuid, kind=kind)
        twin = Party.objects.filter(kind=found.kind, folded=searchable(words)).exclude(pk=found.pk).first()
        if twin is not None:
            raise DomainError(_("There is one with this name already."), field="name")
        new, before = found.pk is None, [found.name, found.note]
        found.name, found.folded, found.note = words, searchable(words), " ".join(note.split())
        if new:
            found.created_at = at
        elif before == [found.name, found.note]:
            return found
        found.save()
        record(
            f"entrusted.{'party_added' if new else 'party_changed'}", subject=_subject(found), data={"name": found.name}, at=at
        )
        _tell(found)
    return found


def set_archived(party: Party, *, archived: bool, at: datetime) -> Party:
    """Take somebody off the tills, or put them back; what is owed stays owed. Doing it twice changes nothing."""
    with write_transaction():
        found: Party = Party.objects.select_for_update().get(pk=party.pk)
        if found.active is not archived:
            return found
        found.active = not archived
        found.save(update_fields=["active"])
        action = "entrusted.party_archived" if archived else "entrusted.party_restored"
        record(action, subject=_subject(found), data={"name": found.name}, at=at)
        _tell(found)
    return found


def book_in_office(
    party: Party, store: Store, *, uuid: UUID, kind: EntrustedKind, amount: Decimal, note: str, by: Employee, at: datetime
) -> EntrustedEntry:  # fmt: skip
    """Paid by bank transfer, or a correction (signed). No drawer moves. The same `uuid` is the same entry."""
    if not allowed(by, MANAGE, store.pk):
        raise NotAllowed(_("Your role does not allow this. Ask a manager or the owner."))
    words = " ".join(note.split())[:LONGEST_NOTE]
    if not amount or (kind != EntrustedKind.CORRECTION and amount < 0):
        raise DomainError(_("An amount above nought."), field="amount")
    if not words:
        raise DomainError(_("Say why."), field="note")
    with write_transaction():
        Party.objects.select_for_update().get(pk=party.pk)
        known: EntrustedEntry | None = EntrustedEntry.objects.filter(uuid=uuid, party=party).first()
        if known is not None:
            return known
        if EntrustedEntry.everywhere.filter(uuid=uuid).exists():
            raise Conflict(_("This page is out of date. Load it again."))
        if kind != EntrustedKind.CORRECTION and amount > owed(party, currency=store.currency, store=store):
            raise DomainError(_("That is more than the store owes."), field="amount")
        entry = EntrustedEntry(
            uuid=uuid, business_id=by.business_id, party=party, store=store, employee=by, kind=kind, method=EntrustedMethod.BANK,
            amount=amount, due=amount if kind == EntrustedKind.CORRECTION else -amount, note=words, occurred_at=at, received_at=at,
            business_date=business_day(at, store.zone, store.cutoff_minutes), currency=store.currency,
        )  # fmt: skip
        entry.save(force_insert=True)
        data = {"party": party.name, "amount": str(amount), "currency": store.currency, "reason": words}
        record(f"entrusted.{kind.value}", subject=_subject(party), data=data, at=at)
        publish(booked(by.business_id, party.uuid, entry.uuid, kind, store.pk))
    return entry


def booked(business_id: int, party: UUID, entry: UUID, kind: EntrustedKind, store_id: int) -> EntrustedBooked:
    """The event that says so."""
    return EntrustedBooked(
        business_id=business_id, store_id=store_id, shard=f"{business_id}:party:{party}", entry=str(entry), kind=kind.value
    )  # fmt: skip


def _subject(party: Party) -> str:
    return f"entrusted:{party.uuid}"


def _tell(party: Party) -> None:
    put([NewState("party", str(party.uuid), party.pk, [party.kind, party.name] if party.active else None)])
