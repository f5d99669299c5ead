"""The list of customers, and the list of one customer's receipts."""

from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import QuerySet
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from pos.models import ReceiptKind
from pos.selectors.customers import with_words
from pos.services import customers as service
from pos.views.manage.lists import RECEIPTS
from smartpos.clock import now
from smartpos.db.flags import flagged
from smartpos.web.lists import Bulk, Choice, Column, Dates, Empty, Link, OfficeList, Search, own_page
from smartpos.web.pages import OfficeRequest


def in_state(rows: QuerySet[Any], value: str) -> QuerySet[Any]:
    """In use, or archived."""
    return flagged(rows, active=value == "used")


def in_group(rows: QuerySet[Any], value: str) -> QuerySet[Any]:
    """Companies, people in the loyalty programme, people who may be written to, or who may not."""
    if value == "company":
        return rows.exclude(company="")
    return rows.filter(enrolled=True) if value == "enrolled" else rows.filter(consent_at__isnull=value == "silent")


def archive(request: OfficeRequest, rows: list[Any]) -> str:
    """Take customers off lists and tills."""
    for customer in rows:
        service.set_archived(customer, archived=True, at=now())
    return gettext("Archived: %(count)s. You find them under «Archived».") % {"count": len(rows)}


def restore(request: OfficeRequest, rows: list[Any]) -> str:
    """Put customers back."""
    for customer in rows:
        service.set_archived(customer, archived=False, at=now())
    return gettext("Put back: %(count)s.") % {"count": len(rows)}


IMPORT = Link(url="office-customer-imports", label=_("Import"), icon="upload", permission="customer.manage")
CUSTOMERS = OfficeList(
    counted=True,
    code="pos.customers",
    title=_("Customers"),
    order="name",
    address=own_page("office-customer"),
    export="customer.export",
    always=("name", "email", "phone", "city", "points", "note"),
    links=(
        IMPORT,
        Link(url="office-customer-new", label=_("New customer"), icon="user-plus", permission="customer.manage", primary=True),
    ),
    columns=(
        Column(code="name", label=_("Name"), value=lambda c: c.name, sort="folded"),
        Column(code="email", label=_("E-mail"), value=lambda c: c.email),
        Column(code="phone", label=_("Phone"), value=lambda c: c.phone),
        Column(code="city", label=_("City"), value=lambda c: c.city),
        Column(code="points", label=_("Points"), value=lambda c: c.points, sort="points_account__balance", number=True),
        Column(code="company", label=_("Company"), value=lambda c: c.company),
        Column(code="tax_number", label=_("Tax number"), value=lambda c: c.tax_number, shown=False),
        Column(code="address", label=_("Address"), value=lambda c: c.address, shown=False),
        Column(code="card", label=_("Card number"), value=lambda c: c.card, shown=False),
        Column(
            code="enrolled", label=_("In the loyalty programme"), value=lambda c: gettext("yes") if c.enrolled else None, shown=False
        ),
        Column(
            code="consent", label=_("Marketing since"), shown=False,
            value=lambda c: c.consent_at.astimezone(ZoneInfo(c.zone)).date() if c.consent_at else None,
        ),
        Column(code="note", label=_("Note"), value=lambda c: c.note, shown=False),
        Column(
            code="created", label=_("Added"), value=lambda c: c.created_at.astimezone(ZoneInfo(c.zone)), sort="created_at",
            shown=False,
        ),
    ),
    filters=(
        Search(label=_("Name, e-mail, phone or card"), where=with_words),
        Choice(
            code="group", label=_("Who"), where=in_group,
            options=(
                ("company", _("Companies")), ("enrolled", _("In the loyalty programme")), ("heard", _("Marketing allowed")),
                ("silent", _("No marketing")),
            ),
        ),
        Choice(
            code="state", label=_("Show"), options=(("used", _("In use")), ("archived", _("Archived"))), where=in_state,
            default="used",
        ),
    ),
    bulk=(
        Bulk(code="archive", label=_("Archive"), icon="package", permission="customer.manage", act=archive),
        Bulk(code="restore", label=_("Put back"), icon="undo-2", permission="customer.manage", act=restore),
    ),
    empty=Empty(
        picture="user-round", title=_("No customers yet"),
        sentence=_("Whom you know by name stands here, with everything they bought."),
        url="office-customer-new", button=_("New customer"), permission="customer.manage", also=IMPORT,
    ),
)  # fmt: skip

PURCHASES = OfficeList(
    code="pos.purchases",
    title=_("Purchases"),
    order="-time",
    store="store",
    address=own_page("office-sale"),
    export="sales.export",
    above="pos/manage/_spent.html",
    columns=tuple(c for c in RECEIPTS.columns if c.code in {"number", "time", "kind", "store", "employee", "total", "currency"}),
    filters=(
        Dates(field="business_date", label=_("Business days")),
        Choice(code="kind", label=_("Kind"), options=ReceiptKind.choices, where="kind"),
    ),
    empty=Empty(
        picture="receipt-text", title=_("No purchases yet"),
        sentence=_("Receipts stand here once the customer was named at the till."),
    ),
)  # fmt: skip
