"""What selling tells the kernel: permissions, operations, the rows that tills cache."""

from django.utils.translation import gettext_lazy as _

from pos.offline import cache, listening
from pos.offline.bodies import RefundMake, SaleSettle, ShiftClose, ShiftOpen
from pos.offline.refund import judge_refund
from pos.offline.settle import judge_settle
from pos.offline.shifts import judge_close, judge_open
from smartpos.access.permissions import EVERYBODY, OFFICE_ROLES, SALES_ROLES, Permission, declare
from smartpos.operations.kinds import declare_kind
from smartpos.web.navigation import Entry, declare_entries

declare(
    Permission("sale.make", _("Sell"), EVERYBODY),
    Permission("sale.discount", _("Give discounts within the limit"), SALES_ROLES),
    Permission("sale.discount_above_limit", _("Give discounts above the limit"), OFFICE_ROLES),
    Permission("sale.price", _("Change a price at the till"), OFFICE_ROLES),
    Permission("sale.gratis", _("Give an item away"), SALES_ROLES),
    Permission("refund.make", _("Refund with the receipt"), SALES_ROLES),
    Permission("refund.without_receipt", _("Refund without a receipt"), OFFICE_ROLES),
    Permission("refund.other_tender", _("Give money back on another tender than it came on"), OFFICE_ROLES),
    Permission("shift.open", _("Open a shift"), EVERYBODY),
    Permission("shift.close", _("Close a shift"), EVERYBODY),
    Permission("sales.view", _("See sales in the Backoffice"), OFFICE_ROLES),
)

declare_entries(
    Entry("office-sales", _("Receipts"), "receipt-text", "sales.view", 10),
)

# Importing these fills the hooks of catalogue, taxes and staff, and says who may listen.
FILLED = (cache, listening)

declare_kind("shift.open", ShiftOpen, judge_open)
declare_kind("shift.close", ShiftClose, judge_close)
declare_kind("sale.settle", SaleSettle, judge_settle)
declare_kind("refund.make", RefundMake, judge_refund)
