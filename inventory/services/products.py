"""Products with their variants."""

import uuid
from collections.abc import Sequence
from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from inventory.folding import searchable
from inventory.hooks import items_changed
from inventory.models import Category, Product, Variant
from inventory.types import VariantInput
from smartpos.audit.services import record
from smartpos.db.locks import write_transaction
from smartpos.errors import Conflict, DomainError
from smartpos.ids import uuid7
from smartpos.people.models import Employee
from smartpos.taxes.models import TaxProfile

MAX_PRICE = 100_000_000


def create_product(
    *, by: Employee, name: str, category: Category | None, tax_profile: TaxProfile, variants: Sequence[VariantInput],
    at: datetime, uuid: uuid.UUID | None = None,
) -> Product:  # fmt: skip
    """Add a product. The same client-made `uuid` again answers the product that is there: a double click makes one."""
    _check(name, variants)
    with write_transaction():
        existing: Product | None = Product.objects.filter(uuid=uuid).first() if uuid else None
        if existing:
            return existing
        product = Product(
            business_id=by.business_id, uuid=uuid or uuid7(), name=_clean(name), category=category,
            tax_profile=tax_profile, created_at=at, folded="",
        )  # fmt: skip
        product.folded = _searchable(product, variants)
        twin = _saved_before(product)
        if twin:
            return twin
        made = [_apply(Variant(business_id=by.business_id, product=product), v, n) for n, v in enumerate(variants)]
        for variant, given in zip(made, variants, strict=True):
            _save(variant, given)
        data = {"name": product.name, "prices": [str(v.price) for v in made]}
        record("product.created", subject=f"product:{product.uuid}", data=data, at=at)
        items_changed(made)
    return product


def _saved_before(product: Product) -> Product | None:
    """Save a new product; answers the one that the other of two clicks at once has saved under the same id."""
    try:
        with transaction.atomic():
            product.save()
    except IntegrityError as error:
        twin: Product | None = Product.objects.filter(uuid=product.uuid).first()
        if twin is None:
            raise Conflict(_("Somebody changed this product meanwhile. Load it again.")) from error
        return twin
    return None


def update_product(
    product: Product, *, by: Employee, name: str, category: Category | None, tax_profile: TaxProfile,
    variants: Sequence[VariantInput], at: datetime,
) -> Product:  # fmt: skip
    """Change a product and its variants. A variant that is left out is archived, never deleted: receipts speak of it."""
    _check(name, variants)
    with write_transaction():
        product = Product.objects.select_for_update().get(pk=product.pk)
        there = {v.uuid: v for v in Variant.objects.filter(product=product)}
        before = {str(v.uuid): str(v.price) for v in there.values() if v.active}
        product.name, product.category, product.tax_profile = _clean(name), category, tax_profile
        product.folded = _searchable(product, variants)
        product.save()
        kept = [_kept(there, v, product, n) for n, v in enumerate(variants)]
        gone = [v for v in there.values() if v.active and v not in kept]
        for variant in gone:
            variant.active = False
            variant.save(update_fields=["active"])
        for variant, given in zip(kept, variants, strict=True):
            _save(variant, given)
        after = {str(v.uuid): str(v.price) for v in kept}
        data = {"name": product.name, "prices_before": before, "prices": after}
        record("product.changed", subject=f"product:{product.uuid}", data=data, at=at)
        for variant in (*kept, *gone):
            variant.product = product
        items_changed([*kept, *gone])
    return product


def archive_product(product: Product, *, by: Employee, at: datetime) -> Product:
    """Take a product off the till; its history stays."""
    return _set_active(product, active=False, at=at)


def restore_product(product: Product, *, by: Employee, at: datetime) -> Product:
    """Put an archived product back."""
    return _set_active(product, active=True, at=at)


def _set_active(product: Product, *, active: bool, at: datetime) -> Product:
    with write_transaction():
        product = Product.objects.select_for_update().get(pk=product.pk)
        if product.active != active:
            product.active = active
            product.save(update_fields=["active"])
            action = "product.restored" if active else "product.archived"
            record(action, subject=f"product:{product.uuid}", data={"name": product.name}, at=at)
            items_changed(list(Variant.objects.filter(product=product).select_related("product")))
    return product


def _clean(name: str) -> str:
    return " ".join(name.split())


def _check(name: str, variants: Sequence[VariantInput]) -> None:
    if not _clean(name) or len(_clean(name)) > 120:
        raise DomainError(_("Give a name of at most 120 letters."), field="name")
    if not variants:
        raise DomainError(_("A product has at least one variant."), field="variants")
    for variant in variants:
        if not 0 <= variant.price < MAX_PRICE:
            raise DomainError(_("The price must be nought or more."), field="price")
    for field in ("sku", "barcode"):
        codes = [code for v in variants if (code := getattr(v, field).strip())]
        if len(set(codes)) < len(codes):
            raise DomainError(_("Two variants carry the same code."), field=field)


def _searchable(product: Product, variants: Sequence[VariantInput]) -> str:
    return searchable(product.name, *(text for v in variants for text in (v.sku, v.barcode, v.name)))


def _kept(there: dict[uuid.UUID, Variant], given: VariantInput, product: Product, position: int) -> Variant:
    if given.uuid is None:
        return _apply(Variant(business_id=product.business_id, product=product), given, position)
    if given.uuid not in there:
        raise Conflict(_("Somebody changed this product meanwhile. Load it again."))
    return _apply(there[given.uuid], given, position)


def _apply(variant: Variant, given: VariantInput, position: int) -> Variant:
    variant.name, variant.price, variant.cost = _clean(given.name), given.price, given.cost
    variant.sku, variant.barcode = given.sku.strip() or None, given.barcode.strip() or None
    variant.unit, variant.tracked, variant.position, variant.active = given.unit, given.tracked, position, True
    return variant


def _save(variant: Variant, given: VariantInput) -> None:
    try:
        with transaction.atomic():
            variant.save()
    except IntegrityError as error:
        others = Variant.objects.exclude(pk=variant.pk)
        field = "sku" if variant.sku and others.filter(sku=variant.sku).exists() else "barcode"
        code = variant.sku if field == "sku" else given.barcode
        raise DomainError(_("The code %(code)s belongs to another product.") % {"code": code}, field=field) from error
