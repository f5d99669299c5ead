"""The list of promotions."""

from typing import Any
from zoneinfo import ZoneInfo

from django.utils.formats import number_format
from django.utils.html import format_html
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from pos.models import Promotion
from pos.selectors import promotions as selector
from pos.services import promotions as service
from pos.services.promotions import WALL
from smartpos.clock import now
from smartpos.web.lists import Bulk, Choice, Column, Empty, Link, OfficeList, Search, own_page
from smartpos.web.pages import OfficeRequest
from smartpos.web.templatetags.smartpos import wall

STATES = (
    ("running", _("Running")), ("planned", _("Planned")), ("over", _("Over")), ("archived", _("Archived")),
)  # fmt: skip


def wall_of(zone: str) -> str:
    """What a clock of that zone shows now."""
    return now().astimezone(ZoneInfo(zone)).strftime(WALL)


def state(promotion: Any) -> str:
    """In words, by the clock that the reader reads: the row carries what it shows."""
    return str(dict(STATES)[selector.state_of(promotion, promotion.wall)])


def badge(promotion: Any) -> object:
    """The same with its colour."""
    kind = {"running": " badge--ok", "planned": " badge--info"}.get(selector.state_of(promotion, promotion.wall), "")
    return format_html('<span class="badge{}">{}</span>', kind, state(promotion))


def places(promotion: Promotion) -> str:
    """Where it holds."""
    if promotion.in_all_stores:
        return gettext("all stores")
    return ", ".join(sorted(link.store.name for link in promotion.store_links.all()))


def percent(promotion: Promotion) -> str:
    """«12,5 %»."""
    exponent = int(promotion.percent.normalize().as_tuple().exponent)
    return f"{number_format(promotion.percent, decimal_pos=max(0, -exponent))}\u00a0%"


def archive(request: OfficeRequest, rows: list[Any]) -> str:
    """Take promotions off the tills."""
    for promotion in rows:
        service.set_archived(promotion, archived=True, by=request.employee, at=now())
    return gettext("Archived: %(count)s. You find them under «Archived».") % {"count": len(rows)}


def restore(request: OfficeRequest, rows: list[Any]) -> str:
    """Put promotions back."""
    for promotion in rows:
        service.set_archived(promotion, archived=False, by=request.employee, at=now())
    return gettext("Put back: %(count)s.") % {"count": len(rows)}


PROMOTIONS = OfficeList(
    code="pos.promotions",
    title=_("Promotions"),
    order="-starts",
    address=own_page("office-promotion"),
    export="promotion.export",
    links=(Link(url="office-promotion-new", label=_("Create promotion"), icon="plus", permission="promotion.manage", primary=True),),
    columns=(
        Column(code="name", label=_("Name"), value=lambda p: p.name, sort="folded"),
        Column(code="percent", label=_("Discount"), value=lambda p: p.percent, show=percent, sort="percent", number=True),
        Column(code="starts", label=_("Starts"), value=lambda p: p.starts, show=lambda p: wall(p.starts), sort="starts"),
        Column(code="ends", label=_("Ends"), value=lambda p: p.ends, show=lambda p: wall(p.ends), sort="ends"),
        Column(code="products", label=_("Products"), value=lambda p: p.count, number=True),
        Column(code="stores", label=_("Stores"), value=places),
        Column(code="state", label=_("State"), value=state, show=badge),
    ),
    filters=(
        Search(label=_("Name"), where=selector.with_words),
        Choice(code="state", label=_("Show"), options=STATES, where=selector.in_state),
    ),
    bulk=(
        Bulk(code="archive", label=_("Archive"), icon="package", permission="promotion.manage", act=archive),
        Bulk(code="restore", label=_("Put back"), icon="undo-2", permission="promotion.manage", act=restore),
    ),
    empty=Empty(
        picture="badge-percent", title=_("No promotions yet"),
        sentence=_("A lower price for some products, from one day to another. Tills show it by themselves."),
        url="office-promotion-new", button=_("Create promotion"), permission="promotion.manage",
    ),
)  # fmt: skip
