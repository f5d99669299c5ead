"""Taking operations: each its own transaction and answer, the same answer for the same id, for ever."""

import logging
from datetime import UTC, datetime, timedelta
from uuid import UUID

import msgspec
from django.db import IntegrityError, InterfaceError, OperationalError
from django.db.models import Q
from django.utils.translation import gettext as _

from smartpos.audit.services import append
from smartpos.clock import business_day
from smartpos.context import acting
from smartpos.db.locks import write_transaction
from smartpos.db.rows import insert_row
from smartpos.operations import envelope, facts
from smartpos.operations.envelope import Answer, Fault, Mark
from smartpos.operations.envelope import Operation as Sent
from smartpos.operations.events import OperationParked
from smartpos.operations.facts import codes_in
from smartpos.operations.kinds import Case, Verdict, kind_of
from smartpos.operations.models import Operation, ParkedBody
from smartpos.operations.services import journal
from smartpos.outbox.services import publish
from smartpos.people.models import Device

logger = logging.getLogger(__name__)
BOOKED = ("done", "done-late")
# The offset is measured, not known: this much past the moment of receipt is not yet a wrong clock.
CLOCK_TOLERANCE = timedelta(minutes=2)


def accept(device: Device, raw: bytes, *, at: datetime) -> Answer:
    """Book, keep for review or refuse one operation.

    Raises msgspec.ValidationError when it has not even an id, and OperationalError when the database is busy (send it again).
    """
    try:
        sent = envelope.decode_operation(raw)
    except ValueError as error:
        return _keep(device, _unreadable(raw), raw, "unreadable", detail=str(error), at=at)
    try:
        return _book(device, sent, raw, at=at)
    except (InterfaceError, OperationalError):
        raise
    except Exception as error:
        # A defect of ours must not block the queue behind it: the operation is kept whole for a manager.
        logger.exception("operation %s (%s) could not be judged", sent.id, sent.kind)
        return _keep(device, sent, raw, "defect", detail=f"{type(error).__name__}: {error}", at=at)


def _book(device: Device, sent: Sent, raw: bytes, *, at: datetime) -> Answer:
    try:
        with acting(actor_id=_actor(sent, device)), write_transaction():
            return _take(device, sent, raw, at=at)
    except IntegrityError:
        stored = _stored(device, sent.id, raw)
        if stored is not None:
            return stored
    # Not the id: somebody else took something at the same moment (a second open shift). A second look sees it.
    with acting(actor_id=_actor(sent, device)), write_transaction():
        return _take(device, sent, raw, at=at)


def _unreadable(raw: bytes) -> Sent:
    """What can be saved of an operation that does not follow the schema: at least its id."""
    identity = envelope.decode_identity(raw)
    epoch = datetime.fromisoformat("1970-01-01T00:00:00+00:00")
    seq, kind = identity.seq, identity.kind
    return Sent(
        v=1, id=identity.id, seq=seq if isinstance(seq, int) and 0 < seq <= envelope.MAX_COUNT else 0,
        kind=kind[:40] if isinstance(kind, str) else "", at=epoch, business_date=epoch.date(), actor=UUID(int=0), cursor=0,
        body=msgspec.Raw(b"null"),
    )  # fmt: skip


def _actor(sent: Sent, device: Device) -> int | None:
    fact = facts.log_for(device.business_id, sent.cursor).last("employee", str(sent.actor))
    return fact.object_id if fact else None


def _take(device: Device, sent: Sent, raw: bytes, *, at: datetime) -> Answer:
    row = journal.lock(device)
    occurred, clock_mark = occurred_at(sent, row, enrolled=device.enrolled_at, at=at)
    if _revoked_by(row, occurred):
        return _stored(device, sent.id, raw) or _refused(sent.id, "device_revoked", _("This device was revoked."))
    case = case_of(device, sent, row, occurred=occurred, at=at)
    return _write(case, row, judged(case, clock_mark, revoked=row.revoked_at is not None), raw)


def _revoked_by(row: journal.JournalRow, occurred: datetime) -> bool:
    return row.revoked_at is not None and occurred >= row.revoked_at


def occurred_at(sent: Sent, row: journal.JournalRow, *, enrolled: datetime, at: datetime) -> tuple[datetime, Mark | None]:
    """The device's time corrected by its offset, held between its last accepted act and now; marked when that moved it far.

    What comes late in the device's count may be older than the last act, but never than the device itself.
    """
    try:
        corrected = (sent.at + timedelta(milliseconds=sent.clock_offset_ms)).astimezone(UTC)
    except OverflowError:
        return at, Mark(code="clock_off")
    floor = row.last_occurred_at if row.last_occurred_at is not None and sent.seq > row.last_seq else enrolled
    held = min(max(corrected, floor), at)
    moved = abs(corrected - held)
    return held, Mark(code="clock_off", seconds=int(moved.total_seconds())) if moved > CLOCK_TOLERANCE else None


def case_of(device: Device, sent: Sent, row: journal.JournalRow, *, occurred: datetime, at: datetime) -> Case:
    """What is known of an act besides its body. The device's row is locked."""
    log = facts.log_for(device.business_id, sent.cursor)
    fact = log.at("employee", str(sent.actor), sent.cursor) or log.last("employee", str(sent.actor))
    return Case(
        operation=sent, device=device, journal=row, facts=log, actor_id=fact.object_id if fact else None,
        codes=codes_in(fact, device.store.uuid), occurred_at=occurred, received_at=at,
        business_date=business_day(occurred, device.store.zone, device.store.cutoff_minutes),
    )  # fmt: skip


def judged(case: Case, clock_mark: Mark | None, *, revoked: bool) -> Verdict:
    """What becomes of an act, with what is odd about when and by whom it was done."""
    verdict = _judge(case, revoked=revoked)
    if clock_mark:
        verdict.marks.append(clock_mark)
    if case.operation.business_date != case.business_date:
        verdict.marks.append(Mark(code="day_differs", business_date=case.business_date.isoformat()))
    if case.actor_id is None:
        verdict.marks.append(Mark(code="actor_unknown"))
    return verdict


def _judge(case: Case, *, revoked: bool) -> Verdict:
    sent = case.operation
    kind = kind_of(sent.kind)
    if sent.v != 1:
        return Verdict.review("unknown_version")
    if kind is None:
        return Verdict.review("unknown_kind")
    if revoked:
        return Verdict.review("device_revoked_since")
    if sent.needs and not _all_booked(sent.needs):
        return Verdict.review("needs_missing")
    try:
        body = kind.decode(sent.body)
    except msgspec.ValidationError as error:
        return Verdict.review("unreadable", detail=str(error))
    return kind.judge(case, body)


def _all_booked(needs: tuple[UUID, ...]) -> bool:
    booked = Q(state__in=BOOKED) | Q(retrial__isnull=False)
    return Operation.objects.filter(booked, uuid__in=needs).count() == len(set(needs))


def _write(case: Case, row: journal.JournalRow, verdict: Verdict, raw: bytes) -> Answer:
    """The operation first, so that a repetition stops at its unique id; the stock last, so that hot rows are held shortly."""
    sent, device = case.operation, case.device
    answer = Answer(sent.id, verdict.state, verdict.result, tuple(verdict.marks))  # type: ignore[arg-type]
    key = insert_row(
        Operation, business_id=device.business_id, uuid=sent.id, device_id=device.pk, version=sent.v, seq=sent.seq,
        kind=sent.kind, device_at=sent.at.isoformat(timespec="milliseconds"), clock_offset_ms=sent.clock_offset_ms,
        occurred_at=case.occurred_at, received_at=case.received_at, business_date=case.business_date,
        actor_id=case.actor_id, cursor=sent.cursor, fingerprint=envelope.fingerprint(raw), body=_kept(sent.kind, raw),
        state=verdict.state, marks=envelope.encode(answer.marks).decode(), answer=envelope.encode(answer).decode(),
    )  # fmt: skip
    if verdict.state == "review" and _parks(sent.kind):
        insert_row(ParkedBody, business_id=device.business_id, operation_id=key, body=bytes(raw).decode())
    write_book(case, row, verdict)
    if sent.seq:
        journal.count(row, device, sent.seq, at=case.received_at)
    row.last_occurred_at = max(case.occurred_at, row.last_occurred_at or case.occurred_at)
    journal.save(row, seen_at=case.received_at, clock_offset_ms=sent.clock_offset_ms)
    verdict.write_last()
    return answer


def write_book(case: Case, row: journal.JournalRow, verdict: Verdict) -> None:
    """What the verdict writes, its entry in the device's log and its event. `write_last` and the device's row are the caller's."""
    verdict.write()
    append(
        row, f"device:{case.device.pk}", action=verdict.action or f"operation.{verdict.state}",
        subject=verdict.subject or f"operation:{case.operation.id}", data=verdict.data or _why(verdict), at=case.occurred_at,
    )  # fmt: skip
    publish(verdict.event or _parked(case))


def _kept(kind: str, raw: bytes) -> str:
    """What the journal keeps of an operation."""
    known = kind_of(kind)
    return (envelope.without_body(raw) if known is not None and known.private else bytes(raw)).decode()


def _parks(kind: str) -> bool:
    known = kind_of(kind)
    return known is not None and known.parks


def _why(verdict: Verdict) -> dict[str, str]:
    return {"reason": ", ".join(mark.code for mark in verdict.marks)}


def _parked(case: Case) -> OperationParked:
    device = case.device
    return OperationParked(
        business_id=device.business_id, store_id=device.store_id, shard=f"{device.business_id}:device:{device.pk}",
        operation=str(case.operation.id), kind=case.operation.kind,
    )  # fmt: skip


def _keep(device: Device, sent: Sent, raw: bytes, code: str, *, detail: str, at: datetime) -> Answer:
    """Store an operation that cannot be judged; it is the server's from now on. Reads nothing that might fail once more."""
    try:
        with write_transaction():
            row = journal.lock(device)
            if _revoked_by(row, at):
                return _stored(device, sent.id, raw) or _refused(sent.id, "device_revoked", _("This device was revoked."))
            case = Case(
                operation=sent, device=device, journal=row, facts=facts.Log(), actor_id=None, codes=frozenset(), occurred_at=at,
                received_at=at, business_date=business_day(at, device.store.zone, device.store.cutoff_minutes),
            )  # fmt: skip
            return _write(case, row, Verdict.review(code, detail=detail[:200]), raw)
    except IntegrityError:
        stored = _stored(device, sent.id, raw)
        if stored is None:
            raise
        return stored


def _stored(device: Device, uuid: UUID, raw: bytes) -> Answer | None:
    """The answer given before. Another content, or another device's, under the same id is refused."""
    stored = Operation.everywhere.filter(uuid=uuid).values_list("device_id", "fingerprint", "answer").first()
    if stored is None:
        return None
    device_id, fingerprint, answer = stored
    if device_id == device.pk and bytes(fingerprint) == envelope.fingerprint(raw):
        return envelope.decode_answer(answer)
    return _refused(uuid, "same_id_other_body", _("This id was used for something else."))


def _refused(uuid: UUID, code: str, message: str) -> Answer:
    return Answer(uuid, "refused", None, (), Fault(code, message))
