"""What must be true of the sales ledger, whoever wrote it. Everything is read again in batches, in constant memory."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

import msgspec
from django.db.models import Count, Max, Q, Sum

from inventory.models import Movement
from pos.models import CashMovement, Invoice, Payment, Receipt, ReceiptLine, ReceiptTax, Shift
from smartpos.audit.checks import Finding
from smartpos.audit.models import Entry
from smartpos.operations.models import Operation

BATCH = 300
BOOKED = ("done", "done-late")
OF_MONEY = ("sale.settle", "refund.make", "receipt.void")
ZERO = Decimal(0)
_decode = msgspec.json.Decoder(dict[str, Any]).decode


@dataclass(slots=True)
class _Document:
    """A receipt with everything that hangs on it."""

    receipt: Receipt
    lines: list[ReceiptLine] = field(default_factory=list)
    shares: dict[int, Decimal] = field(default_factory=lambda: defaultdict(Decimal))
    paid: Decimal = ZERO
    moved: dict[int, Decimal] = field(default_factory=lambda: defaultdict(Decimal))
    audited: dict[str, Any] | None = None


def receipts() -> Iterator[Finding]:
    """Each document against its payments, lines, taxes, stock movements and audit entry."""
    for document in _documents():
        for problem in _problems(document):
            yield Finding(f"receipt {document.receipt.label} ({document.receipt.uuid}): {problem}")


def _documents() -> Iterator[_Document]:
    last = 0
    while True:
        found = list(Receipt.everywhere.filter(pk__gt=last).order_by("pk")[:BATCH])
        if not found:
            return
        yield from _loaded(found)
        last = found[-1].pk


def _loaded(found: list[Receipt]) -> Iterable[_Document]:
    documents = {receipt.pk: _Document(receipt) for receipt in found}
    by_uuid = {document.receipt.uuid: document for document in documents.values()}
    for line in ReceiptLine.objects.filter(receipt__in=documents):
        documents[line.receipt_id].lines.append(line)
    for key, position, amount in ReceiptTax.objects.filter(receipt__in=documents).values_list("receipt", "position", "amount"):
        documents[key].shares[position] += amount
    for key, amount in Payment.objects.filter(receipt__in=documents).values_list("receipt", "amount"):
        documents[key].paid += amount
    moved = Movement.everywhere.filter(source_kind="receipt", source_id__in=by_uuid)
    for uuid, variant, quantity in moved.values_list("source_id", "variant_id", "quantity"):
        by_uuid[uuid].moved[variant] += quantity
    subjects = {f"receipt:{uuid}": document for uuid, document in by_uuid.items()}
    times = [receipt.occurred_at for receipt in found]
    entries = Entry.objects.filter(at__gte=min(times), at__lte=max(times), action__startswith="receipt.")
    for subject, data in entries.values_list("subject", "data").iterator(chunk_size=2000):
        if subject in subjects:
            subjects[subject].audited = _decode(data)
    return documents.values()


def _problems(document: _Document) -> Iterator[str]:
    receipt, lines = document.receipt, document.lines
    due = receipt.total + receipt.rounding
    if document.paid != due:
        yield f"{document.paid} was paid, {due} was due"
    kept = {
        "gross": receipt.gross + receipt.service, "discount": receipt.discount, "points": receipt.points,
        "net": receipt.net, "tax": receipt.tax,
    }  # fmt: skip
    for name, value in kept.items():
        summed = sum((getattr(line, name) for line in lines), ZERO)
        if summed != value:
            yield f"its lines come to {name} {summed}, it says {value}"
    yield from _line_problems(document)
    yield from _moved_problems(document)
    if document.audited is None:
        yield "no audit entry speaks of it"
    elif Decimal(str(document.audited.get("total", 0))) != abs(receipt.total):
        yield f"its audit entry says {document.audited.get('total')}, it says {receipt.total}"


def _line_problems(document: _Document) -> Iterator[str]:
    positions = {line.position for line in document.lines}
    for line in document.lines:
        if line.payable != line.gross - line.discount - line.points:
            yield f"line {line.position + 1}: {line.gross} less reductions is not {line.payable}"
        if document.shares.get(line.position, ZERO) != line.tax:
            yield f"line {line.position + 1}: its taxes come to {document.shares.get(line.position, ZERO)}, it says {line.tax}"
    for position in document.shares.keys() - positions:
        yield f"taxes stand for line {position + 1}, which is not there"


def _moved_problems(document: _Document) -> Iterator[str]:
    """What moved is what was sold; goods whose stock is not kept do not move at all."""
    sold: dict[int, Decimal] = defaultdict(Decimal)
    for line in document.lines:
        if line.variant_id is not None and line.restocked:
            sold[line.variant_id] -= line.quantity
    for variant, quantity in document.moved.items():
        if sold.get(variant, ZERO) != quantity:
            yield f"variant {variant} moved by {quantity}, the lines say {sold.get(variant, ZERO)}"


def operations() -> Iterator[Finding]:
    """Every booked operation about money has its document, of the same device."""
    booked = Q(state__in=BOOKED) | Q(retrial__isnull=False)
    asked = Operation.everywhere.filter(booked, kind__in=OF_MONEY).order_by("pk")
    last = 0
    while True:
        found = list(asked.filter(pk__gt=last).values_list("pk", "uuid", "device_id")[:BATCH])
        if not found:
            return
        there = dict(
            Receipt.everywhere.filter(uuid__in=[uuid for _pk, uuid, _device in found]).values_list("uuid", "device_id")
        )
        for _pk, uuid, device in found:
            if there.get(uuid) != device:
                yield Finding(
                    f"operation {uuid} was booked, its receipt is {'of another device' if uuid in there else 'missing'}"
                )
        last = found[-1][0]


def refunds() -> Iterator[Finding]:
    """No line gave back more than was sold."""
    back = ReceiptLine.objects.filter(original_line__isnull=False).order_by().values("original_line")
    given = back.annotate(quantity_back=Sum("quantity"), payable_back=Sum("payable"))
    rows = given.values_list(
        "original_line", "quantity_back", "payable_back", "original_line__quantity", "original_line__payable"
    )
    for key, quantity, payable, sold, paid in rows.iterator(chunk_size=2000):
        if -quantity > sold or -payable > paid:
            yield Finding(f"receipt line {key}: {sold} were sold for {paid}, {-quantity} came back for {-payable}")


def shifts() -> Iterator[Finding]:
    """A closed drawer expected its float, the cash of its receipts and what moved besides; late ones are a supplement."""
    for shift in Shift.everywhere.filter(closed_at__isnull=False).order_by("pk").iterator(chunk_size=500):
        payments = Payment.objects.filter(receipt__shift=shift, receipt__late=False, method="cash").aggregate(
            Sum("amount"), Sum("tip")
        )
        moved = CashMovement.everywhere.filter(shift=shift, late=False).aggregate(sum=Sum("drawer"))["sum"] or ZERO
        wanted = shift.opening_float + moved + sum((amount or ZERO for amount in payments.values()), ZERO)
        if shift.expected != wanted:
            yield Finding(f"shift {shift.uuid} of {shift.business_date}: expected {shift.expected}, its receipts make {wanted}")


def exchanges() -> Iterator[Finding]:
    """What refunds lend to sales is nought over each pair, and no refund lends to none."""
    lent = Payment.objects.filter(method="exchange")
    sales = dict(lent.filter(receipt__kind="sale").values_list("receipt__original").annotate(sum=Sum("part")))
    refunds = dict(lent.filter(receipt__kind="refund").values_list("receipt").annotate(sum=Sum("part")))
    for key in sorted({*sales, *refunds}, key=str):
        if sales.get(key, ZERO) + refunds.get(key, ZERO):
            taken, given = sales.get(key, ZERO), refunds.get(key, ZERO)
            yield Finding(f"exchange of receipt {key}: {given} was lent, {taken} was taken", fault=False)


def numbers() -> Iterator[Finding]:
    """Numbers a series skipped, and those that stand on two documents: told, because neither is ever mended."""
    series = Receipt.everywhere.order_by("business_id", "series").values_list("business_id", "series")
    for business, name, count, different, last in series.annotate(
        count=Count("pk"), different=Count("number", distinct=True), last=Max("number")
    ).iterator():
        if different < last:
            yield Finding(
                f"series {name} of business {business}: {last - different} of {last} numbers have no receipt", fault=False
            )
        if different < count:
            yield Finding(
                f"series {name} of business {business}: {count - different} numbers stand on two receipts", fault=False
            )


def invoice_numbers() -> Iterator[Finding]:
    """What a series of invoices or credit notes skipped in a year, and what stands on two of them: told, never mended."""
    series = Invoice.everywhere.order_by("business_id", "kind", "series", "year")
    counted = series.values_list("business_id", "kind", "series", "year").annotate(
        count=Count("pk"), different=Count("number", distinct=True), last=Max("number")
    )
    for business, kind, name, year, count, different, last in counted.iterator():
        where = f"{kind} {name}-{year} of business {business}"
        if different < last:
            yield Finding(f"{where}: {last - different} of {last} numbers have no document", fault=False)
        if different < count:
            yield Finding(f"{where}: {count - different} numbers stand on two documents", fault=False)
