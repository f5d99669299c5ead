"""`receipt.mail`: somebody wants the receipt by mail. The operation is private: nobody's address stands in the journal."""

from functools import partial

from pos.events import ReceiptMailed
from pos.models import Receipt
from pos.offline.invoice_bodies import ReceiptMail
from pos.services.mailing import mail_receipt
from smartpos.errors import DomainError
from smartpos.mail.services import checked_address
from smartpos.operations.kinds import Case, Verdict


def judge_mail(case: Case, body: ReceiptMail) -> Verdict:
    """Write the mail with the act; it leaves after the commit, and whatever becomes of it the sale stands."""
    found = Receipt.objects.select_related("store", "business", "customer__merged_into")
    receipt = found.filter(uuid=body.receipt, store_id=case.device.store_id).first()
    if receipt is None:
        return Verdict.review("receipt_unknown")
    try:
        address = checked_address(body.to)
    except DomainError:
        return Verdict.review("address_bad")
    return Verdict(
        result={"receipt": str(receipt.uuid)}, action="receipt.mailed", subject=f"receipt:{receipt.uuid}",
        data={"label": receipt.label}, event=_told(case, receipt),
        write=partial(_write, receipt, address, f"receipt:{case.operation.id}"),
    )  # fmt: skip


def _write(receipt: Receipt, to: str, key: str) -> None:
    mail_receipt(receipt, to=to, key=key)


def _told(case: Case, receipt: Receipt) -> ReceiptMailed:
    device = case.device
    return ReceiptMailed(
        business_id=device.business_id, store_id=device.store_id, shard=f"{device.business_id}:receipt:{receipt.uuid}",
        receipt=str(receipt.uuid),
    )  # fmt: skip
