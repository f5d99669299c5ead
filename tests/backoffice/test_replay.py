"""A real retailer's invoices through the operations service: to the cent, twice the same, and after any kill."""

import csv
import io
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from backoffice.demo.retail import Matcher, days
from pos.models import Receipt, ReceiptKind
from pos.selectors.sales import receipts, totals
from smartpos.context import acting
from smartpos.operations.models import Change, Operation, SequenceGap
from smartpos.operations.services import accept as accepting
from smartpos.people.models import Business
from tests.data import real_data

pytestmark = pytest.mark.django_db


def shortened(tmp_path: Path, *, first: int) -> Path:
    """The first days of the file, with the products beside it."""
    import gzip
    import shutil

    source = real_data("retail/transactions.csv.gz")
    shutil.copyfile(real_data("retail/products.csv"), tmp_path / "products.csv")
    target = tmp_path / "transactions.csv"
    with gzip.open(source, "rt", encoding="utf-8", newline="") as file, target.open("w", encoding="utf-8", newline="") as out:
        reader, writer = csv.reader(file), csv.writer(out)
        writer.writerow(next(reader))
        seen: set[str] = set()
        for row in reader:
            seen.add(row[4][:10])
            if len(seen) > first:
                break
            writer.writerow(row)
    return target


def replay(path: Path, **options: object) -> str:
    out = io.StringIO()
    call_command("replay_retail", str(path), business="Retail", found=True, stdout=out, stderr=out, **options)
    return out.getvalue()


def books() -> dict[str, Any]:
    """What the ledger says, through the selectors that reports use."""
    business = Business.objects.get(name="Retail")
    with acting(business_id=business.pk):
        found = totals(receipts())
        return {
            "sums": [(t.currency, t.count, t.sums, t.tenders) for t in found],
            "operations": Operation.objects.count(),
            "ids": sorted(map(str, Receipt.objects.values_list("uuid", flat=True))),
            "gaps": SequenceGap.objects.count(),
            "changes": Change.objects.count(),
        }


def test_the_same_file_twice_changes_nothing(tmp_path: Path) -> None:
    path = shortened(tmp_path, first=1)
    first = replay(path)
    before = books()
    assert "sales: 127 documents, 3072 lines, 58960.79 GBP" in first, first
    second = replay(path)
    assert "0 operations sent" in second
    assert "0 new, 0 changed, 3510 as before" in second
    assert books() == before
    assert before["gaps"] == 0
    call_command("verify_ledger", stdout=io.StringIO())


def test_killed_anywhere_and_started_again_it_ends_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = shortened(tmp_path, first=1)

    class Killed(BaseException):
        pass

    def dies_after(count: int) -> None:
        left = iter(range(count))
        real = accepting.accept

        def accept(*args: object, **kwargs: object) -> object:
            if next(left, None) is None:
                raise Killed
            return real(*args, **kwargs)

        monkeypatch.setattr("backoffice.demo.replay.accept", accept)

    for count in (0, 1, 57):
        dies_after(count)
        with pytest.raises(Killed):
            replay(path)
    monkeypatch.undo()
    replay(path)
    found = books()
    assert found["operations"] == 133 + 2
    assert found["gaps"] == 0
    # What the file says, reckoned here without any code of ours.
    with path.open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if Decimal(row["UnitPrice"])]
    lines = [(int(r["Quantity"]) * Decimal(r["UnitPrice"])).quantize(Decimal("0.01"), "ROUND_HALF_UP") for r in rows]
    [(currency, count, sums, tenders)] = found["sums"]
    assert (currency, count, sums["total"]) == ("GBP", 133, sum(lines))
    assert sum(amount for _method, amount in tenders) == sum(lines)
    assert sums["net"] + sums["tax"] == sum(lines)


def test_a_changed_file_is_told_and_not_booked_twice(tmp_path: Path) -> None:
    path = shortened(tmp_path, first=1)
    replay(path)
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace(",2.55,17850,", ",3.55,17850,", 1), encoding="utf-8")
    with pytest.raises(CommandError, match="differ"):
        replay(path)


def test_a_return_finds_the_customers_latest_sale_at_the_same_price() -> None:
    path = real_data("retail/transactions.csv.gz")
    matcher, matched, without = Matcher(), 0, 0
    for _day, invoices in days(path, 1):
        for invoice in invoices:
            if not invoice.is_return:
                matcher.remember(invoice)
                continue
            origin = matcher.origin(invoice)
            matched, without = matched + (origin is not None), without + (origin is None)
            if origin is not None:
                assert origin.invoice.at <= invoice.at
                for place, back in zip(origin.lines, invoice.lines, strict=True):
                    sold = origin.invoice.lines[place]
                    assert (sold.sku, sold.price) == (back.sku, back.price)
                    assert back.quantity <= sold.quantity
    assert (matched, without) == (117, 209)


def test_unknown_business_and_missing_file_are_said(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="is not there"):
        call_command("replay_retail", str(tmp_path / "none.csv"), business="Nobody")
    (tmp_path / "some.csv").write_text("InvoiceNo\n", encoding="utf-8")
    with pytest.raises(CommandError, match="No business is called Nobody"):
        call_command("replay_retail", str(tmp_path / "some.csv"), business="Nobody")


@pytest.mark.slow
def test_december_2010_equals_the_file_to_the_cent() -> None:
    said = replay(real_data("retail/transactions.csv.gz"))
    assert "sales: 1559 documents, 41480 lines, 823746.14 GBP" in said
    assert "refunds: 326 documents, 728 lines, 74789.12 GBP" in said
    found = books()
    [(currency, count, sums, _tenders)] = found["sums"]
    assert (currency, count, sums["total"]) == ("GBP", 1559 + 326, Decimal("823746.14") - Decimal("74789.12"))
    business = Business.objects.get(name="Retail")
    with acting(business_id=business.pk):
        returns = Receipt.objects.filter(kind=ReceiptKind.REFUND)
        assert returns.filter(original__isnull=False).count() == 117
        assert Operation.objects.exclude(state="done").count() == 0
    call_command("verify_ledger", stdout=io.StringIO())
