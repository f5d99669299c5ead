"""Promotions: planned, changed, archived. Each change is told to tills and stands in the log."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from inventory.folding import searchable
from inventory.models import Product
from pos.models import Promotion, PromotionProduct, PromotionStore
from smartpos.access.services.settings import may_change
from smartpos.audit.services import record
from smartpos.db.locks import write_transaction
from smartpos.errors import Conflict, DomainError, NotAllowed
from smartpos.money import format_rate
from smartpos.operations.services.changes import NewState, put
from smartpos.people.models import Employee, Store

LONGEST_NAME = 80
MOST_PRODUCTS = 500
MOST_PERCENT = 100
WALL = "%Y-%m-%dT%H:%M"


@dataclass(frozen=True, slots=True, kw_only=True)
class PromotionInput:
    """What somebody plans. `starts` and `ends` are what the stores' clocks will show; no `stores`: all of them, also later ones."""

    name: str
    percent: Decimal
    starts: datetime
    ends: datetime
    products: Sequence[Product]
    stores: Sequence[Store] = ()


def create_promotion(given: PromotionInput, *, by: Employee, at: datetime, uuid: UUID | None = None) -> Promotion:
    """Plan a promotion. The same uuid again answers with the one that was made first."""
    with write_transaction():
        known: Promotion | None = Promotion.objects.filter(uuid=uuid).first() if uuid else None
        if known is not None:
            if known.name != _line(given.name):
                raise Conflict(_("This form is out of date"))
            return known
        assert_stores(by, given.stores)
        promotion = Promotion(business_id=by.business_id, created_at=at, **({"uuid": uuid} if uuid else {}))
        _fill(promotion, given)
        promotion.save()
        _link(promotion, given)
        record("promotion.created", subject=_subject(promotion), data=_words(promotion), at=at)
        _tell(promotion)
        return promotion


def update_promotion(promotion: Promotion, given: PromotionInput, *, version: int, by: Employee, at: datetime) -> Promotion:
    """Change one. `version` is the one the form was made from: another one now means that somebody else was quicker."""
    with write_transaction():
        promotion = held(promotion, by=by)
        if version != promotion.version:
            raise Conflict(_("Somebody else has changed this promotion meanwhile. Look at what is there now, then save again."))
        assert_stores(by, given.stores)
        before = _words(promotion)
        _fill(promotion, given)
        _link(promotion, given)
        changes = {name: [before[name], value] for name, value in _words(promotion).items() if value != before[name]}
        if not changes:
            return promotion
        promotion.version += 1
        promotion.save()
        record("promotion.changed", subject=_subject(promotion), data={"name": promotion.name, "changes": changes}, at=at)
        _tell(promotion)
        return promotion


def set_archived(promotion: Promotion, *, archived: bool, by: Employee, at: datetime) -> Promotion:
    """Take one off the tills, or put it back. Doing it twice changes nothing."""
    with write_transaction():
        promotion = held(promotion, by=by)
        if promotion.active is not archived:
            return promotion
        promotion.active = not archived
        promotion.version += 1
        promotion.save(update_fields=["active", "version"])
        action = "promotion.archived" if archived else "promotion.restored"
        record(action, subject=_subject(promotion), data={"name": promotion.name}, at=at)
        _tell(promotion)
        return promotion


def held(promotion: Promotion, *, by: Employee) -> Promotion:
    """The row, locked; NotAllowed where it holds in a store that is not this person's."""
    found: Promotion = Promotion.objects.select_for_update().get(pk=promotion.pk)
    if not may_manage(found, by):
        raise NotAllowed(_("You can change the promotions of the stores where you work."))
    return found


def may_manage(promotion: Promotion, by: Employee) -> bool:
    """Whether all of its stores are this person's."""
    links = promotion.store_links.select_related("store").all()
    return may_change(by, None) or (not promotion.in_all_stores and all(may_change(by, link.store) for link in links))


def assert_stores(by: Employee, stores: Sequence[Store]) -> None:
    """A person plans for the stores where they work, and for all of them only who works in all of them."""
    if not (may_change(by, None) or (stores and all(may_change(by, store) for store in stores))):
        raise NotAllowed(_("Choose the stores: you can plan for those where you work."), field="stores")


def _line(text: str) -> str:
    return " ".join(text.split())


def _fill(promotion: Promotion, given: PromotionInput) -> None:
    """Check what is given and put it into the row."""
    name = _line(given.name)
    if not name:
        raise DomainError(_("Give a name."), field="name")
    if len(name) > LONGEST_NAME:
        raise DomainError(_("At most %(most)s characters.") % {"most": LONGEST_NAME}, field="name")
    if not 0 < given.percent <= MOST_PERCENT:
        raise DomainError(_("More than 0 and at most 100 per cent."), field="percent")
    starts, ends = (moment.strftime(WALL) for moment in (given.starts, given.ends))
    if ends <= starts:
        raise DomainError(_("It must end after it starts."), field="end_day")
    if not given.products:
        raise DomainError(_("Choose at least one product."), field="products")
    if len(given.products) > MOST_PRODUCTS:
        raise DomainError(_("At most %(most)s products.") % {"most": MOST_PRODUCTS}, field="products")
    promotion.name, promotion.folded = name, searchable(name)[:120]
    promotion.percent, promotion.starts, promotion.ends = given.percent, starts, ends
    promotion.in_all_stores = not given.stores


def _link(promotion: Promotion, given: PromotionInput) -> None:
    """Products and stores as they are given."""
    _relink(PromotionProduct, promotion, "product_id", [product.pk for product in given.products])
    _relink(PromotionStore, promotion, "store_id", [store.pk for store in given.stores])


def _relink(model: type[Any], promotion: Promotion, column: str, wanted: Iterable[int]) -> None:
    rows = model.objects.filter(promotion=promotion)
    known, keys = set(rows.values_list(column, flat=True)), set(wanted)
    if known - keys:
        rows.filter(**{f"{column}__in": known - keys}).delete()
    model.objects.bulk_create(
        [model(business_id=promotion.business_id, promotion=promotion, **{column: key}) for key in sorted(keys - known)]
    )


def _words(promotion: Promotion) -> Mapping[str, Any]:
    """The promotion as the log tells it."""
    products = promotion.product_links.order_by("product__folded", "pk").values_list("product__name", flat=True)
    stores = promotion.store_links.order_by("store__name").values_list("store__name", flat=True)
    return {
        "name": promotion.name, "percent": format_rate(int(promotion.percent.scaleb(4))),
        "starts": promotion.starts.replace("T", " "), "ends": promotion.ends.replace("T", " "),
        "products": ", ".join(products), "stores": ", ".join(stores) or "*",
    }  # fmt: skip


def _subject(promotion: Promotion) -> str:
    return f"promotion:{promotion.uuid}"


def _tell(promotion: Promotion) -> None:
    """Tell tills. One that holds in some stores has a row for each of these, and is gone for the others."""
    body: list[Any] | None = None
    if promotion.active:
        products = promotion.product_links.order_by("product__uuid").values_list("product__uuid", flat=True)
        percent = format_rate(int(promotion.percent.scaleb(4)))
        body = [promotion.name, percent, promotion.starts, promotion.ends, [str(uuid) for uuid in products]]
    everywhere = body if promotion.in_all_stores else None
    states = [NewState("promotion", str(promotion.uuid), promotion.pk, everywhere)]
    if body is not None and not promotion.in_all_stores:
        stores = promotion.store_links.order_by("store_id").values_list("store_id", flat=True)
        states += [NewState("promotion", str(promotion.uuid), promotion.pk, body, store) for store in stores]
    put(states)
