"""What selling tells the kernel: permissions, operations, the rows that tills cache."""

from datetime import timedelta

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from pos import (
    cards,
    customer_declarations,
    entrusted_declarations,
    notice_declarations,
    programme,
    settings,
    shift_declarations,
    team_declarations,
)
from pos.importers.customers import CUSTOMERS
from pos.offline import cache, goods, link_paying, listening
from pos.offline.bodies import (
    CustomerPut,
    QueueDiscard,
    ReceiptVoid,
    RefundMake,
    RefundRequested,
    SaleSettle,
    SessionClose,
    SessionOpen,
)  # fmt: skip
from pos.offline.cash import judge_handover, judge_move
from pos.offline.customers import judge_put
from pos.offline.discarded import DISCARD, judge_discard
from pos.offline.invoice_bodies import InvoiceIssue, ReceiptMail
from pos.offline.invoices import judge_issue
from pos.offline.link_bodies import LinkCancel, LinkMake, LinkSend
from pos.offline.links import judge_link_cancel, judge_link_make, judge_link_send
from pos.offline.mailing import judge_mail
from pos.offline.order_bodies import OrderClaim, OrderDrop, OrderPut
from pos.offline.orders import judge_order_claim, judge_order_drop, judge_order_put
from pos.offline.refund import judge_refund
from pos.offline.refund_requests import judge_request
from pos.offline.sessions import judge_session_close, judge_session_open
from pos.offline.settle import judge_settle
from pos.offline.shift_bodies import CashHandover, CashMove, ShiftClose, ShiftOpen
from pos.offline.shifts import judge_close, judge_open
from pos.offline.training import judge_training
from pos.offline.void import judge_void
from pos.selectors import checks, loyalty
from pos.services import catalogue, links, mailing, places, points_told, staff, strays, taxes
from pos.views.manage import search
from smartpos.access.modules import Module, declare_module
from smartpos.access.permissions import EVERYBODY, OFFICE_ROLES, SALES_ROLES, Permission, declare, declare_groups
from smartpos.audit.actions import Action, declare_actions, declare_link, declare_words
from smartpos.audit.checks import declare_check
from smartpos.imports.kinds import declare_importer
from smartpos.mail.types import MailType, Variable, declare_mail
from smartpos.operations.kinds import declare_kind
from smartpos.outbox.deliveries import declare_handler
from smartpos.people.models import Role
from smartpos.scheduling.jobs import Job, Per, declare_job
from smartpos.web.navigation import Entry, declare_entries
from smartpos.web.search import Source, declare_search

declare(
    Permission("sale.make", _("Sell"), EVERYBODY, till=True),
    Permission("sale.discount", _("Give discounts within the limit"), SALES_ROLES, till=True),
    Permission("sale.discount_above_limit", _("Give discounts above the limit"), OFFICE_ROLES, till=True),
    Permission("sale.price", _("Change a price at the till"), OFFICE_ROLES, till=True),
    Permission("sale.gratis", _("Give an item away"), SALES_ROLES, till=True),
    Permission("sale.hold", _("Hold carts and take them back"), SALES_ROLES, till=True),
    Permission("sale.invoice", _("Issue invoices to companies"), SALES_ROLES, till=True),
    Permission("sale.online", _("Send payment links"), SALES_ROLES, till=True),
    Permission("refund.make", _("Refund with the receipt"), SALES_ROLES, till=True),
    Permission("refund.alone", _("Refund with the receipt without asking a manager"), OFFICE_ROLES, till=True),
    Permission("refund.without_receipt", _("Refund without a receipt"), OFFICE_ROLES, till=True),
    Permission("refund.other_tender", _("Give money back on another tender than it came on"), OFFICE_ROLES, till=True),
    Permission("receipt.history", _("See the store's receipts at the till"), SALES_ROLES, till=True),
    Permission("report.quick", _("See quick reports at the till"), OFFICE_ROLES, till=True),
    Permission("receipt.void", _("Void a receipt (receipt deletion)"), OFFICE_ROLES, till=True),
    Permission(DISCARD, _("Throw away what a till has not sent"), (Role.OWNER, Role.ADMIN), till=True),
    Permission("shift.open", _("Open a shift"), EVERYBODY, till=True),
    Permission("shift.close", _("Close a shift"), EVERYBODY, till=True),
    Permission("cash.in", _("Put cash into the drawer"), SALES_ROLES, till=True),
    Permission("cash.out", _("Take cash out of the drawer"), SALES_ROLES, till=True),
    Permission("cash.handover", _("Hand cash over to an owner or manager"), SALES_ROLES, till=True),
    Permission("cash.receive", _("Take over cash from a drawer"), OFFICE_ROLES, till=True),
    Permission("sales.view", _("See sales in the Backoffice"), OFFICE_ROLES),
    Permission("refunds.view", _("See refunds and requests for them in the Backoffice"), OFFICE_ROLES),
    Permission("refunds.decide", _("Approve and reject requests for refunds"), OFFICE_ROLES),
    Permission("refunds.export", _("Take lists of refunds away as a file"), OFFICE_ROLES),
    Permission("sales.export", _("Take lists of sales away as a file"), OFFICE_ROLES),
    Permission("customer.view", _("See customers and what they bought"), OFFICE_ROLES),
    Permission("customer.manage", _("Add and change customers"), OFFICE_ROLES),
    Permission("customer.export", _("Take customers' data away as a file"), OFFICE_ROLES),
    Permission("customer.add", _("Add customers at the till"), EVERYBODY, till=True),
    Permission("promotion.view", _("See promotions and what they brought"), OFFICE_ROLES),
    Permission("promotion.manage", _("Plan and change promotions"), OFFICE_ROLES),
    Permission("promotion.export", _("Take the list of promotions away as a file"), OFFICE_ROLES),
    Permission("customer.erase", _("Merge and erase customers"), OFFICE_ROLES),
    Permission("loyalty.view", _("See the loyalty log"), OFFICE_ROLES),
    Permission("loyalty.adjust", _("Give and take points by hand"), OFFICE_ROLES),
)

declare_groups(
    {
        "cash": _("Cash"), "customer": _("Customers"), "loyalty": _("Loyalty"), "receipt": _("Receipts"), "report": _("Reports"),
        "promotion": _("Promotions"), "refunds": _("Refunds in the Backoffice"), "queue": _("What waits at tills"),
    }
)  # fmt: skip

declare_module(
    Module("sales", _("Receipts"), groups=("sales", "refunds")),
    Module("customers", _("Customers"), groups=("customer",)),
    Module("loyalty", _("Loyalty"), groups=("loyalty",)),
    Module("promotions", _("Promotions"), groups=("promotion",)),
    Module("refunds", _("Refunds"), pos=True),
    Module("cash_handover", _("Cash Handover"), pos=True),
    Module("customer_management", _("Customer Management"), pos=True),
    Module("promotional_prices", _("Promotional prices"), pos=True),
)

declare_entries(
    Entry("office-sales", _("Receipts"), "receipt-text", "sales.view", 10),
    Entry("office-invoices", _("Invoices"), "file-text", "sales.view", 12),
    Entry("office-links", _("Online payments"), "link", "sales.view", 14),
    Entry("office-refunds", _("Refunds"), "rotate-ccw", "refunds.view", 20),
    Entry("office-customers", _("Customers"), "user-round", "customer.view", 410),
    Entry("office-loyalty", _("Loyalty log"), "gift", "loyalty.view", 415),
    Entry("office-promotions", _("Promotions"), "badge-percent", "promotion.view", 420),
)

declare_search(
    Source(code="receipt", label=_("Receipts"), icon="receipt-text", permission="sales.view", find=search.receipts),
    Source(code="customer", label=_("Customers"), icon="user-round", permission="customer.view", find=search.customers),
    Source(code="promotion", label=_("Promotions"), icon="badge-percent", permission="promotion.view", find=search.promotions),
)

# Importing these fills the hooks of catalogue, taxes, staff and places, says who may listen, and what can be set.
FILLED = (
    cache,
    cards,
    catalogue,
    customer_declarations,
    entrusted_declarations,
    goods,
    listening,
    notice_declarations,
    places,
    programme,
    settings,
    shift_declarations,
    staff,
    taxes,
    team_declarations,
)

declare_kind("session.open", SessionOpen, judge_session_open)
declare_kind("session.close", SessionClose, judge_session_close)
declare_kind("shift.open", ShiftOpen, judge_open)
declare_kind("shift.close", ShiftClose, judge_close)
declare_kind("cash.move", CashMove, judge_move)
declare_kind("cash.handover", CashHandover, judge_handover)
declare_kind("sale.settle", SaleSettle, judge_settle)
declare_kind("training.sale", SaleSettle, judge_training)
declare_kind("refund.make", RefundMake, judge_refund)
declare_kind("order.put", OrderPut, judge_order_put)
declare_kind("order.claim", OrderClaim, judge_order_claim)
declare_kind("order.drop", OrderDrop, judge_order_drop)
declare_kind("receipt.void", ReceiptVoid, judge_void)
declare_kind("queue.discard", QueueDiscard, judge_discard)
declare_kind("refund.request", RefundRequested, judge_request)
declare_kind("customer.put", CustomerPut, judge_put, private=True)
# The law keeps whom an invoice is made out to, also of one that could not be booked yet.
declare_kind("invoice.issue", InvoiceIssue, judge_issue, private=True, parks=True)
declare_kind("receipt.mail", ReceiptMail, judge_mail, private=True)

declare_kind("link.make", LinkMake, judge_link_make, private=True)
declare_kind("link.send", LinkSend, judge_link_send, private=True)
declare_kind("link.cancel", LinkCancel, judge_link_cancel, private=True)

declare_handler(links.LOOK, link_paying.look, label=_("Payment link: ask the gateway"))
declare_handler(links.CLOSE, link_paying.close, label=_("Payment link: end it at the gateway"))
declare_handler(strays.REFUND, strays.refund, label=_("Give back an online payment"), ask=strays.ask, tries=strays.TRIES)

declare_mail(
    MailType(
        links.MAIL,
        _("Payment link"),
        (
            Variable("store_name", _("Store"), "Baščaršija Market"), Variable("total", _("Total"), "13,00 KM"),
            Variable("link", _("The link"), "https://pos.example/pay/x/"), Variable("until", _("Holds until"), "25.11.2026. 10:15"),
        ),
        needs=("link",),
    ),
    MailType(
        mailing.MAIL,
        _("Receipt"),
        (
            Variable("number", _("Number"), "A1-13"), Variable("total", _("Total"), "13,00 KM"),
            Variable("store_name", _("Store"), "Baščaršija Market"), Variable("time", _("Time"), "24.11.2026. 10:15"),
        ),
        attach=mailing.papers,
    )
)  # fmt: skip

declare_check("receipts fit their payments, lines, taxes, movements and audit entries", checks.receipts)
declare_check("every booked operation has its receipt", checks.operations)
declare_check("nothing came back beyond what was sold", checks.refunds)
declare_check("closed shifts expected what their receipts make", checks.shifts)
declare_check("what refunds lend to sales is nought over both", checks.exchanges)
declare_check("numbers of receipts", checks.numbers)
declare_check("numbers of invoices", checks.invoice_numbers)
declare_check("balances of points are what their entries come to", loyalty.balances)

declare_job(
    Job("loyalty.tell", _("Tell tills of balances of points"), points_told.tell, per=Per.BUSINESS, every=timedelta(minutes=1)),
    Job("payment.look", _("Ask gateways about payment links"), link_paying.ask, per=Per.BUSINESS, every=timedelta(minutes=1)),
)
declare_words(
    groups={
        "receipt": _("Receipts"), "invoice": _("Invoices"), "order": _("Open orders"), "link": _("Payment links"),
        "refund": _("Refunds"), "shift": _("Shifts"),
        "training": _("Practice"), "queue": _("What waits at tills"), "cash": _("Cash"),
        "customer": _("Customers"), "customers": _("Imports"), "promotion": _("Promotions"),
    },
    fields={
        "label": _("Number"), "receipt": _("Receipt"), "total": _("Total"), "discount": _("Discount"),
        "opening_float": _("Opening float"), "counted": _("Counted"),
        "expected": _("Expected"), "difference": _("Difference"), "shift": _("Shift"), "receipts": _("Receipts"),
        "late_reason": _("Reason of the late start"), "early_reason": _("Reason of the early end"), "receiver": _("Received by"),
        "allowed": _("Allowed"), "list_price": _("List price"), "price": _("Price"), "article": _("Article"),
        "quantity": _("Quantity"), "pieces": _("Pieces"), "approved_by": _("Approved by"),
        "email": _("E-mail"), "phone": _("Phone"), "city": _("City"), "company": _("Company"), "card": _("Card number"),
        "enrolled": _("In the loyalty programme"), "consent": _("May be written to for marketing"), "merged": _("Merged with"),
        "points": _("Points"), "gateway": _("Gateway"), "currency": _("Currency"), "balance": _("Balance"),
        "starts": _("Starts"), "ends": _("Ends"),
        "count": _("Acts"), "numbers": _("Numbers"), "kinds": _("Kinds"), "arrived": _("Had arrived nevertheless"),
    },
)  # fmt: skip
declare_actions(
    Action("receipt.sale", _("Sale")),
    Action("receipt.refund", _("Refund")),
    Action("receipt.void", _("Void")),
    Action("order.held", _("Cart held")),
    Action("order.claimed", _("Held cart taken")),
    Action("order.discarded", _("Held cart discarded")),
    Action("order.late", _("Held cart was somebody else's already")),
    Action("link.made", _("Payment link sent")),
    Action("link.sent", _("Payment link sent once more")),
    Action("link.cancelled", _("Payment link cancelled")),
    Action("link.refused", _("Payment link refused")),
    Action("link.refunding", _("Online payment to be given back")),
    Action("link.refunded", _("Online payment given back")),
    Action("link.refund_failed", _("Giving back an online payment failed")),
    Action("link.dealt", _("Online payment dealt with otherwise")),
    Action("receipt.mailed", _("Receipt sent by mail")),
    Action("invoice.issued", _("Invoice issued")),
    Action("invoice.credited", _("Credit note issued")),
    Action("refund.asked", _("Refund asked for")),
    Action("refund.approved", _("Refund approved")),
    Action("refund.rejected", _("Refund rejected")),
    Action("queue.discarded", _("Thrown away unsent at a till")),
    Action("training.sale", _("Sale for practice")),
    Action("shift.opened", _("Shift opened")),
    Action("shift.closed", _("Shift closed")),
    Action("cash.in", _("Cash in")),
    Action("cash.out", _("Cash out")),
    Action("cash.handover", _("Cash handed over")),
    Action("customer.created", _("Customer added")),
    Action("customer.changed", _("Customer changed")),
    Action("customer.outdated", _("An older change of a customer left aside")),
    Action("customer.archived", _("Customer archived")),
    Action("customer.restored", _("Customer put back")),
    Action("customer.merged", _("Customers merged")),
    Action("customer.handed_out", _("A customer's data taken away as a file")),
    Action("customer.erased", _("Customer erased")),
    Action("customers.imported", _("Customers imported")),
    Action("customers.import_started", _("Import of customers started")),
    Action("customers.import_finished", _("Import of customers finished")),
    Action("customers.import_cancelled", _("Import of customers cancelled")),
    Action("customer.points_adjusted", _("Points given or taken by hand")),
    Action("promotion.created", _("Promotion planned")),
    Action("promotion.changed", _("Promotion changed")),
    Action("promotion.archived", _("Promotion archived")),
    Action("promotion.restored", _("Promotion put back")),
)
declare_importer(CUSTOMERS)
declare_link("receipt", lambda key: reverse("office-sale", args=[key]))
declare_link("refund", lambda key: reverse("office-refund-request", args=[key]))
declare_link("customer", lambda key: reverse("office-customer", args=[key]))
declare_link("promotion", lambda key: reverse("office-promotion", args=[key]))
