"""Promotions: the list, the form with its products, one promotion with what it brought."""

from typing import Any
from uuid import UUID

from django.db.models import Value
from django.http import HttpResponse, HttpResponseBase
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from inventory.models import Product
from inventory.selectors.products import with_words
from pos.forms.places import CHOSEN
from pos.forms.promotion import PromotionForm, new_values, typed_values, values_of
from pos.models import Promotion
from pos.selectors import promotions as selector
from pos.selectors.candidates import slow_sellers
from pos.services import promotions as service
from pos.views.manage.editing import Editing, stores_for, there
from pos.views.manage.promotion_lists import PROMOTIONS, places, wall_of
from smartpos.access.guards import office
from smartpos.access.permissions import allowed
from smartpos.access.services.settings import may_change
from smartpos.clock import now
from smartpos.people.models import Store
from smartpos.web.lists import show
from smartpos.web.pages import OfficeRequest, render
from smartpos.web.stores import clock_of, open_stores, shown_stores

FOUND = 20
DAY_LETTERS, TIME_LETTERS = 10, 5
EDITING = Editing(
    template="pos/manage/promotion_form.html", new=gettext_lazy("New promotion"), home="office-promotions",
    listed=gettext_lazy("Promotions"), one="office-promotion", edit="office-promotion-edit",
)  # fmt: skip


@require_http_methods(["GET", "POST"])
@office("promotion.view")
def promotion_list(request: OfficeRequest) -> HttpResponseBase:
    """Planned, running and over."""
    return show(
        request, PROMOTIONS, selector.promotions(shown_stores(request)).annotate(wall=Value(wall_of(clock_of(request))))
    )


@require_http_methods(["GET", "POST"])
@office("promotion.manage")
def promotion_new(request: OfficeRequest) -> HttpResponse:
    """Plan one."""
    return _form(request, None)


@require_http_methods(["GET", "POST"])
@office("promotion.manage")
def promotion_edit(request: OfficeRequest, promotion: UUID) -> HttpResponse:
    """Change one."""
    return _form(request, _own(request, promotion))


def _found(request: OfficeRequest, uuid: UUID) -> Promotion:
    return there(selector.promotion_of(uuid, request.stores))


def _own(request: OfficeRequest, uuid: UUID) -> Promotion:
    """One whose stores are all this person's; to whoever sees it only in some of theirs, it is not there to be changed."""
    found = _found(request, uuid)
    return there(found if service.may_manage(found, request.employee) else None)


def _form(request: OfficeRequest, promotion: Promotion | None) -> HttpResponse:
    """Saved; or, with «find» or «auto» in the address, shown again with more products to tick."""
    everywhere = may_change(request.employee, None)
    stores = stores_for(request, promotion)
    shared: dict[str, Any] = {"stores": stores, "everywhere": everywhere}
    looking = request.method == "POST" and ("find" in request.GET or "auto" in request.GET)
    if looking:
        form = PromotionForm(initial=typed_values(request.POST), **shared)
    elif request.method == "POST":
        form = PromotionForm(request.POST, **shared)
        if gone := EDITING.saved(request, form, lambda: _save(request, form, promotion)):
            return gone
    else:
        today = now().astimezone(stores[0].zone if stores else None).date()
        form = PromotionForm(initial=values_of(promotion) if promotion else new_values(today, everywhere=everywhere), **shared)
    more = _offered(request, form, promotion, stores) if looking else {}
    ticked = list(_products(form.chosen_products | {str(product.uuid) for product in more.get("suggested", ())}))
    return EDITING.page(request, form, promotion, ticked=ticked, **more)


def _save(request: OfficeRequest, form: PromotionForm, promotion: Promotion | None) -> Promotion:
    given, by = form.given(), request.employee
    if promotion is None:
        return service.create_promotion(given, by=by, at=now(), uuid=form.cleaned_data["uuid"])
    return service.update_promotion(promotion, given, version=form.cleaned_data["version"], by=by, at=now())


def _products(ids: set[str]) -> Any:
    """The products of these ids; what is no id is nothing."""
    keys = []
    for text in ids:
        try:
            keys.append(UUID(text))
        except ValueError:
            continue
    return Product.objects.filter(uuid__in=keys[: service.MOST_PRODUCTS * 2]).order_by("folded", "pk")


def _offered(request: OfficeRequest, form: PromotionForm, promotion: Promotion | None, stores: list[Store]) -> dict[str, Any]:
    """What was looked for, or what would best be promoted."""
    typed = form.initial
    if "auto" in request.GET:
        starts, ends = (
            f"{typed.get(f'{end}_day', '')[:DAY_LETTERS]}T{typed.get(f'{end}_time', '')[:TIME_LETTERS]}"
            for end in ("start", "end")
        )
        chosen = (
            [store for store in stores if str(store.uuid) in typed.get("stores", ())] if typed.get("scope") == CHOSEN else []
        )
        suggested = slow_sellers(chosen or open_stores(request), starts=starts, ends=ends, at=now(), without=promotion)
        return {"suggested": suggested, "asked": "auto"}
    words = typed.get("q", "")[:80].strip()
    found = with_words(Product.objects.filter(active=True), words).exclude(
        uuid__in=[p.uuid for p in _products(form.chosen_products)]
    )
    return {"found": list(found.order_by("folded", "pk")[:FOUND]), "q": words, "asked": "find"}


@require_GET
@office("promotion.view")
def promotion_detail(request: OfficeRequest, promotion: UUID) -> HttpResponse:
    """One promotion: what holds, what it brought, and what was done to it."""
    found, at = _found(request, promotion), now()
    stores, zone = selector.stores_of(found, shown_stores(request)), clock_of(request)
    context = {
        "promotion": found, "state": selector.state_of(found, wall_of(zone)), "where": places(found), "zone": zone,
        "products": found.product_links.select_related("product").order_by("product__folded", "pk"),
        "effects": selector.effects(found, stores, at) if found.starts <= wall_of(zone) else [],
        "history": selector.history(found),
        "may": allowed(request.employee, "promotion.manage") and service.may_manage(found, request.employee),
    }  # fmt: skip
    return render(request, "pos/manage/promotion.html", context)


@require_POST
@office("promotion.manage")
def promotion_archive(request: OfficeRequest, promotion: UUID) -> HttpResponse:
    """Take one off the tills; the message offers the way back."""
    found = service.set_archived(_own(request, promotion), archived=True, by=request.employee, at=now())
    sentence = _("%(name)s is archived and holds at no till any more.") % {"name": found.name}
    return EDITING.archived(request, found, sentence, restore="office-promotion-restore")


@require_POST
@office("promotion.manage")
def promotion_restore(request: OfficeRequest, promotion: UUID) -> HttpResponse:
    """Put one back."""
    found = service.set_archived(_own(request, promotion), archived=False, by=request.employee, at=now())
    return EDITING.restored(request, found)
