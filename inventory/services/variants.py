"""The variants of a product being saved: names, prices, codes, and what stores do differently."""

from collections.abc import Sequence
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from inventory.folding import fold
from inventory.models import Barcode, Product, StoreItem, Variant
from inventory.types import StoreInput, VariantInput
from smartpos.errors import Conflict, DomainError

MAX_PRICE = 100_000_000
LONGEST_CODE = 60
CODES_EACH = 20


def check_variants(variants: Sequence[VariantInput]) -> None:
    """The rules that need no database."""
    if not variants:
        raise DomainError(_("A product has at least one variant."), field="variants")
    names = [fold(variant.name) for variant in variants]
    for place, variant in enumerate(variants):
        if len(variant.name) > 60:
            raise DomainError(_("Give a name of at most 60 letters."), field=f"variants-{place}-name")
        if len(variants) > 1 and names[place] in names[:place]:
            raise DomainError(_("Two variants have the same name."), field=f"variants-{place}-name")
        _check_amounts(place, variant)
        _check_codes(place, variants)


def _check_amounts(place: int, variant: VariantInput) -> None:
    for name, amount in (("price", variant.price), ("cost", variant.cost), *(("price", s.price) for s in variant.stores)):
        if amount is not None and not 0 <= amount < MAX_PRICE:
            raise DomainError(_("The price must be nought or more."), field=f"variants-{place}-{name}")
    for store in variant.stores:
        check_thresholds(store.min_stock, store.max_stock, field=f"variants-{place}-stores")


def check_thresholds(minimum: object, maximum: object, *, field: str = "max_stock") -> None:
    """Up to which stock is low, from which it is too much."""
    if minimum is not None and maximum is not None and minimum > maximum:  # type: ignore[operator]
        raise DomainError(_("The minimum lies above the maximum."), field=field)


def _check_codes(place: int, variants: Sequence[VariantInput]) -> None:
    variant, others = variants[place], variants[:place]
    if len(variant.codes) > CODES_EACH or any(len(code) > LONGEST_CODE for code in (*variant.codes, variant.sku.strip())):
        raise DomainError(_("A code has at most 60 characters, a variant at most 20 codes."), field=f"variants-{place}-barcode")
    if variant.sku.strip() and variant.sku.strip() in {other.sku.strip() for other in others}:
        raise DomainError(_("Two variants carry the same code."), field=f"variants-{place}-sku")
    if {code for other in others for code in other.codes} & set(variant.codes):
        raise DomainError(_("Two variants carry the same code."), field=f"variants-{place}-barcode")


def save_variants(product: Product, variants: Sequence[VariantInput]) -> tuple[list[Variant], list[Variant]]:
    """Make the product's variants what the inputs say; answers those that stay and those that went.

    One that is left out is archived, never deleted, because receipts speak of it; its codes are free again.
    """
    there = {v.uuid: v for v in Variant.objects.filter(product=product).prefetch_related("barcodes", "store_items")}
    kept = [_found(there, given, product) for given in variants]
    gone = [v for v in there.values() if v.active and v not in kept]
    _free(gone, kept, variants)
    for position, (variant, given) in enumerate(zip(kept, variants, strict=True)):
        variant.name, variant.price, variant.cost = " ".join(given.name.split()), given.price, given.cost
        variant.sku, variant.tracked, variant.position, variant.active = (
            given.sku.strip() or None,
            given.tracked,
            position,
            True,
        )
        _save(variant, given, position)
        _save_stores(variant, given.stores)
    return kept, gone


def _found(there: dict[UUID, Variant], given: VariantInput, product: Product) -> Variant:
    if given.uuid is None:
        return Variant(business_id=product.business_id, product=product)
    if given.uuid not in there:
        raise Conflict(_("Somebody changed this product meanwhile. Load it again."))
    variant = there[given.uuid]
    variant.product = product
    return variant


def _free(gone: Sequence[Variant], kept: Sequence[Variant], variants: Sequence[VariantInput]) -> None:
    """Codes that move within the product are let go before they are taken again."""
    leaving = [v.pk for v in gone]
    Variant.objects.filter(pk__in=leaving).update(active=False, sku=None)
    changing = [v.pk for v, g in zip(kept, variants, strict=True) if v.pk and v.sku and v.sku != g.sku.strip()]
    Variant.objects.filter(pk__in=changing).update(sku=None)
    dropped = [
        code.pk
        for variant, given in zip(kept, variants, strict=True)
        if variant.pk
        for code in variant.barcodes.all()
        if code.code not in given.codes
    ]
    Barcode.objects.filter(pk__in=dropped).delete()
    Barcode.objects.filter(variant__in=leaving).delete()
    for variant in gone:
        variant.active, variant.sku = False, None


def _save(variant: Variant, given: VariantInput, position: int) -> None:
    old = {code.code: code for code in variant.barcodes.all()} if variant.pk else {}
    try:
        with transaction.atomic():
            variant.save()
            for place, code in enumerate(given.codes):
                if code not in old:
                    Barcode.objects.create(business_id=variant.business_id, variant=variant, code=code, position=place)
                elif old[code].position != place:
                    Barcode.objects.filter(pk=old[code].pk).update(position=place)
    except IntegrityError as error:
        raise _clash(variant, given, position) from error


def _clash(variant: Variant, given: VariantInput, position: int) -> DomainError:
    """Which code is taken, and by whom (PRD-03)."""
    others = Variant.objects.exclude(pk=variant.pk).select_related("product")
    owner = others.filter(sku=variant.sku).first() if variant.sku else None
    field, code = "sku", variant.sku
    if owner is None:
        taken = Barcode.objects.exclude(variant=variant.pk).filter(code__in=given.codes).order_by("pk").first()
        field, code = "barcode", taken.code if taken else given.barcode
        owner = others.filter(pk=taken.variant_id).first() if taken else None
    return DomainError(taken_by(str(code), owner), field=f"variants-{position}-{field}")


def taken_by(code: str, owner: Variant | None) -> str:
    """The sentence that names the product already using a code."""
    if owner is None:
        return _("The code %(code)s belongs to another product.") % {"code": code}
    if not owner.product.active:
        return _("The code %(code)s belongs to %(product)s, which is archived.") % {"code": code, "product": owner.full_name}
    return _("The code %(code)s belongs to %(product)s.") % {"code": code, "product": owner.full_name}


def _save_stores(variant: Variant, stores: Sequence[StoreInput]) -> None:
    """A row per store that does something differently; the row goes when nothing does."""
    if not stores:
        return
    there = {item.store_id: item for item in StoreItem.objects.filter(variant=variant)}
    for given in stores:
        item = there.get(given.store.pk) or StoreItem(business_id=variant.business_id, variant=variant, store=given.store)
        said = (given.hidden, given.price, given.min_stock, given.max_stock)
        if said == (False, None, None, None):
            if item.pk:
                item.delete()
        elif item.pk is None or said != (item.hidden, item.price, item.min_stock, item.max_stock):
            item.hidden, item.price, item.min_stock, item.max_stock = said
            item.save()
