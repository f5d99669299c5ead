"""What marks on receipts and reasons of operations mean, in words for a manager."""

from collections.abc import Mapping
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from smartpos.access.permissions import known

# What tills do, in words.
ACTS: dict[str, str | Promise] = {
    "sale.settle": gettext_lazy("Sale"), "refund.make": gettext_lazy("Refund"), "receipt.void": gettext_lazy("Void"),
    "shift.open": gettext_lazy("Opening of a shift"), "shift.close": gettext_lazy("Closing of a shift"),
    "cash.move": gettext_lazy("Cash in and out"), "cash.handover": gettext_lazy("Handover of cash"),
    "consignment.sell": gettext_lazy("Commission sale"), "consignment.pay": gettext_lazy("Payment to an owner of goods"),
    "parcels.receive": gettext_lazy("Parcels received"), "invoice.issue": gettext_lazy("Invoice"),
}  # fmt: skip

SENTENCES: dict[str, str | Promise] = {
    "item_unknown": gettext_lazy("An article was sold that the catalogue did not have then."),
    "price_differs": gettext_lazy("A price differs from the catalogue."),
    "promotion_differs": gettext_lazy("It is not the promotion that held when the article was taken."),
    "quantity_differs": gettext_lazy("A smaller part was sold than the item's unit allows."),
    "options_differ": gettext_lazy("Options were chosen that the catalogue did not have so."),
    "module_off": gettext_lazy("This part was switched off when it was done."),
    "tax_differs": gettext_lazy("The tax differs from the one that held then."),
    "input_unknown": gettext_lazy("The till used something that no setting here knows."),
    "permission_missing": gettext_lazy("The employee lacked a right, and nobody approved."),
    "limit_exceeded": gettext_lazy("The discount was above the limit, and nobody approved."),
    "approved_offline": gettext_lazy("A manager approved with no network; only the till checked the PIN."),
    "above_list": gettext_lazy("More than the list price was given back."),
    "contact_left_out": gettext_lazy("An e-mail address or card could not be kept: it is another customer's, or none at all."),
    "points_overdrawn": gettext_lazy("More points were used than were there. What was missing is owed."),
    "customer_unknown": gettext_lazy("The customer on the cart is not known here, or was erased."),
    "order_elsewhere": gettext_lazy("A held cart was paid here while another terminal had it."),
    "order_unknown": gettext_lazy("A held cart that was paid is not known here."),
    "paid_twice": gettext_lazy("This cart was paid at another terminal already: give one of the two payments back."),
    "receipt_unknown": gettext_lazy("The receipt that it is about is not known here."),
    "address_bad": gettext_lazy("A receipt was to be mailed to an address that is none."),
    "invoiced_already": gettext_lazy("This receipt has its invoice already."),
    "original_not_invoiced": gettext_lazy("A credit note was made for a sale that has no invoice."),
    "invoice_year": gettext_lazy("The year of the number is another than the business day's."),
    "training_off": gettext_lazy("It was sold for practice, at a terminal that was not in training mode then."),
    "actor_unknown": gettext_lazy("Nobody known here was signed in at the till."),
    "clock_off": gettext_lazy("The device's clock was wrong; the server's time was taken."),
    "day_differs": gettext_lazy("The till took another business day; the server's holds."),
    "number_repeated": gettext_lazy("The number stands on another document too."),
    "number_skipped": gettext_lazy("Numbers before this one are missing."),
    "shift_closed": gettext_lazy("It came after its shift was closed; it stands as a supplement."),
    "closed_early": gettext_lazy("The shift was closed earlier than the working hours allow."),
    "opened_late": gettext_lazy("The shift was opened later than the working hours allow."),
    "float_differs": gettext_lazy("The float differs from the standard amount."),
    "reason_missing": gettext_lazy("A reason was due and none was given."),
    "shift_elsewhere": gettext_lazy("The same person had another shift open at another terminal."),
    "drawer_short": gettext_lazy("More was taken out than the drawer should have held."),
    "more_than_owed": gettext_lazy("More was paid out than was owed."),
    "category_unknown": gettext_lazy("The category of the cash is not known here."),
    "receiver_unconfirmed": gettext_lazy("Nobody confirmed with a PIN that they took the cash over."),
    "checklist_unknown": gettext_lazy("A task was ticked that no checklist here has."),
    "checklist_open": gettext_lazy("The shift was closed with mandatory tasks of the day's checklist undone."),
    "device_revoked_since": gettext_lazy("The device was revoked before this arrived."),
    "needs_missing": gettext_lazy("Something that must come before has not arrived."),
    "shift_taken": gettext_lazy("Another shift was open at this terminal."),
    "shift_unknown": gettext_lazy("The shift that it belongs to is not known here."),
    "original_unknown": gettext_lazy("The receipt that was refunded is not known here."),
    "refund_beyond_sale": gettext_lazy("More was to be given back than was sold."),
    "already_voided": gettext_lazy("The receipt was voided before; nothing moved a second time."),
    "void_other_shift": gettext_lazy("A receipt of another shift cannot be voided any more; it can be refunded."),
    "void_after_refund": gettext_lazy("Something of the receipt was given back already, so it cannot be voided."),
    "void_exchange": gettext_lazy("A sale that was exchanged for something cannot be voided alone; it can be refunded."),
    "exchange_differs": gettext_lazy("What the refund of an exchange lends is not what its sale takes."),
    "exchange_twice": gettext_lazy("The refund paid for another sale already."),
    "request_unapproved": gettext_lazy("Money was given back that no manager had said yes to."),
    "request_paid": gettext_lazy("The request was paid out already."),
    "figures_differ": gettext_lazy("The till's figures differ from the server's own calculation."),
    "unknown_kind": gettext_lazy("This server does not know this kind of act yet."),
    "unknown_version": gettext_lazy("The till is newer than this server."),
    "unreadable": gettext_lazy("The act cannot be read."),
    "defect": gettext_lazy("The server failed over it. Tell support; nothing is lost."),
}


def sentence(mark: Mapping[str, Any]) -> str:
    """A mark or reason in words, with what it is about."""
    text = str(
        SENTENCES.get(mark.get("code", ""), _("Something here needs a look (%(code)s).") % {"code": mark.get("code", "")})
    )
    if mark.get("listed"):
        text += " " + _("In the catalogue: %(listed)s.") % {"listed": mark["listed"]}
    if mark.get("code") == "paid_twice" and mark.get("detail"):
        text += " " + _("First receipt: %(label)s.") % {"label": mark["detail"]}
    if mark.get("code") == "checklist_open" and mark.get("detail"):
        text += " " + _("Undone: %(tasks)s.") % {"tasks": mark["detail"]}
    if mark.get("permission"):
        labels = {permission.code: str(permission.label) for permission in known()}
        text += " " + _("Right: %(right)s.") % {"right": labels.get(mark["permission"], mark["permission"])}
    return text
