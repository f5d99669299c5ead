"""Products with their variants: the one writer of the catalogue's items."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal

from django.db import IntegrityError, transaction
from django.db.models import ProtectedError
from django.utils.translation import gettext as _

from inventory.folding import searchable
from inventory.hooks import deleting_product, items_changed
from inventory.models import Category, ModifierGroup, Movement, Product, ProductModifierGroup, StockLevel, Unit, Variant
from inventory.services import pictures
from inventory.services.history import Amounts, Facts, amounts_of, differences, facts_of, write_prices
from inventory.services.units import default_unit
from inventory.services.variants import MAX_PRICE, check_thresholds, check_variants, save_variants
from inventory.types import ProductDetails, VariantInput
from smartpos.audit.services import record
from smartpos.db.locks import write_transaction
from smartpos.errors import Conflict, DomainError
from smartpos.ids import uuid7
from smartpos.people.models import Employee
from smartpos.taxes.models import TaxProfile

LONGEST_NAME, LONGEST_DESCRIPTION = 120, 2000
PLAIN = ProductDetails()


def create_product(
    *, by: Employee, name: str, category: Category | None, tax_profile: TaxProfile, variants: Sequence[VariantInput],
    at: datetime, uuid: uuid.UUID | None = None, price: Decimal | None = None, unit: Unit | None = None,
    details: ProductDetails = PLAIN, groups: Sequence[ModifierGroup] = (),
) -> Product:  # fmt: skip
    """Add a product. The same client-made `uuid` again answers the product that is there: a double click makes one.

    Without a `price` the product takes its first variant's.
    """
    price, variants = _priced(price, variants)
    _check(name, price, variants, details)
    with write_transaction():
        existing: Product | None = Product.objects.filter(uuid=uuid).first() if uuid else None
        if existing:
            return existing
        pictures.hold(details.picture)
        product = Product(business_id=by.business_id, uuid=uuid or uuid7(), created_at=at, version=0)
        unit = unit or default_unit()
        _fill(
            product, name=name, category=category, tax=tax_profile, unit=unit, price=price, details=details, variants=variants
        )  # fmt: skip
        twin = _saved_before(product)
        if twin:
            return twin
        made, _none = save_variants(product, variants)
        _assign(product, groups)
        record("product.created", subject=f"product:{product.uuid}", data={"name": product.name, "price": str(price)}, at=at)
        write_prices({}, amounts_of(made), made, at=at)
        items_changed(made)
    return product


def update_product(
    product: Product, *, by: Employee, name: str, category: Category | None, tax_profile: TaxProfile,
    variants: Sequence[VariantInput], at: datetime, price: Decimal | None = None, unit: Unit | None = None,
    details: ProductDetails | None = None, groups: Sequence[ModifierGroup] | None = None, version: int | None = None,
) -> Product:  # fmt: skip
    """Change a product and its variants. What is None stays as it is; `version` is the one that the form was opened with."""
    price, variants = _priced(price, variants)
    with write_transaction():
        product = _locked(product.pk, version)
        said = details or _details(product)
        _check(name, price, variants, said)
        before, picture = _look(product), product.picture
        if said.picture != picture:
            pictures.hold(said.picture)
        unit = unit or product.unit
        _fill(product, name=name, category=category, tax=tax_profile, unit=unit, price=price, details=said, variants=variants)
        product.save()
        kept, gone = save_variants(product, variants)
        if groups is not None:
            _assign(product, groups)
        _log(product, "product.changed", before, at=at)
        if said.picture != picture:
            pictures.let_go(picture)
        items_changed([*kept, *gone])
    return product


def archive_product(product: Product, *, by: Employee, at: datetime) -> Product:
    """Take a product off the till; its history stays."""
    return _set_active(product, active=False, at=at)


def restore_product(product: Product, *, by: Employee, at: datetime) -> Product:
    """Put an archived product back."""
    return _set_active(product, active=True, at=at)


def why_not_deleted(product: Product) -> str:
    """What a product's history consists of; "" when it has none and can be erased."""
    reasons: list[str] = []
    if Movement.objects.filter(variant__product=product).exists():
        reasons.append(_("Its stock has moved."))
    deleting_product(product, reasons)
    return " ".join(reasons)


def delete_product(product: Product, *, by: Employee, at: datetime) -> None:
    """Erase a product that was never sold, counted or used; any other can only be archived."""
    with write_transaction():
        product = _locked(product.pk, None)
        reason = why_not_deleted(product)
        if reason:
            raise DomainError(_("%(name)s has a history. Archive it instead.") % {"name": product.name})
        variants = list(Variant.objects.filter(product=product).select_related("product"))
        record("product.deleted", subject=f"product:{product.uuid}", data={"name": product.name}, at=at)
        StockLevel.objects.filter(variant__product=product).delete()
        try:
            with transaction.atomic():
                Variant.objects.filter(product=product).delete()
                Product.objects.filter(pk=product.pk).delete()
        except (ProtectedError, IntegrityError) as error:
            raise DomainError(_("%(name)s has a history. Archive it instead.") % {"name": product.name}) from error
        pictures.let_go(product.picture)
        items_changed(variants)


def duplicate_product(product: Product, *, by: Employee, at: datetime, uuid: uuid.UUID | None = None) -> Product:
    """A copy without codes, ready to be changed: codes belong to one product."""
    there = Variant.objects.filter(product=product, active=True).order_by("position", "pk")
    variants = [VariantInput(name=v.name, price=v.price, cost=v.cost, tracked=v.tracked) for v in there]
    details = replace(_details(product), favourite=False)
    links = ProductModifierGroup.objects.filter(product=product).select_related("group").order_by("position", "pk")
    name = _("%(name)s (copy)") % {"name": product.name[: LONGEST_NAME - 12]}
    return create_product(
        by=by, name=name, category=product.category, tax_profile=product.tax_profile, variants=variants, at=at, uuid=uuid,
        price=product.price, unit=product.unit, details=details, groups=[link.group for link in links],
    )  # fmt: skip


def _set_active(product: Product, *, active: bool, at: datetime) -> Product:
    with write_transaction():
        product = _locked(product.pk, None)
        if product.active != active:
            product.active = active
            product.version += 1
            product.save(update_fields=["active", "version"])
            action = "product.restored" if active else "product.archived"
            record(action, subject=f"product:{product.uuid}", data={"name": product.name}, at=at)
            items_changed(list(Variant.objects.filter(product=product).select_related("product")))
    return product


def _locked(key: int, version: int | None) -> Product:
    """The product under lock; Conflict when somebody saved since the form was opened."""
    found: Product | None = (
        Product.objects.select_for_update(of=("self",)).select_related("category", "tax_profile", "unit").filter(pk=key).first()
    )
    if found is None:
        raise Conflict(_("Somebody deleted this product meanwhile."))
    if version is not None and found.version != version:
        raise Conflict(_("Somebody changed this product meanwhile. Load it again."), code="changed_meanwhile")
    return found


@dataclass(frozen=True, slots=True)
class Look:
    """A product before a change."""

    facts: Facts
    amounts: Amounts


def _look(product: Product) -> Look:
    variants = list(Variant.objects.filter(product=product).prefetch_related("barcodes", "store_items"))
    for variant in variants:
        variant.product = product
    return Look(facts_of(product, variants), amounts_of(variants))


def _log(product: Product, action: str, before: Look, *, at: datetime) -> None:
    variants = list(Variant.objects.filter(product=product).prefetch_related("barcodes", "store_items"))
    for variant in variants:
        variant.product = product
    changes = differences(before.facts, facts_of(product, variants))
    record(action, subject=f"product:{product.uuid}", data={"name": product.name, "changes": changes}, at=at)
    write_prices(before.amounts, amounts_of(variants), variants, at=at)


def _fill(
    product: Product, *, name: str, category: Category | None, tax: TaxProfile, unit: Unit, price: Decimal,
    details: ProductDetails, variants: Sequence[VariantInput],
) -> None:  # fmt: skip
    product.name, product.category, product.tax_profile, product.unit = _clean(name), category, tax, unit
    product.price, product.description = price, details.description.strip()
    product.min_stock, product.max_stock, product.favourite = details.min_stock, details.max_stock, details.favourite
    product.picture = details.picture
    product.folded = searchable(product.name, *(text for v in variants for text in (v.sku, *v.codes, v.name)))
    product.version += 1


def _details(product: Product) -> ProductDetails:
    return ProductDetails(
        description=product.description, min_stock=product.min_stock, max_stock=product.max_stock, favourite=product.favourite,
        picture=product.picture,
    )  # fmt: skip


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


def _assign(product: Product, groups: Sequence[ModifierGroup]) -> None:
    """The product's modifier groups, in this order."""
    wanted = list(dict.fromkeys(group.pk for group in groups))
    there = list(
        ProductModifierGroup.objects.filter(product=product).order_by("position", "pk").values_list("group_id", flat=True)
    )
    if there == wanted:
        return
    ProductModifierGroup.objects.filter(product=product).delete()
    ProductModifierGroup.objects.bulk_create(
        ProductModifierGroup(business_id=product.business_id, product=product, group_id=key, position=position)
        for position, key in enumerate(wanted)
    )


def _priced(price: Decimal | None, variants: Sequence[VariantInput]) -> tuple[Decimal, Sequence[VariantInput]]:
    """The product's price; where none is given it is the first variant's, which then follows it."""
    if price is not None or not variants:
        return price or Decimal(0), variants
    first = variants[0]
    if first.price is None:
        raise DomainError(_("Give a price."), field="price")
    return first.price, [replace(v, price=None) if v.price == first.price else v for v in variants]


def _clean(name: str) -> str:
    return " ".join(name.split())


def _check(name: str, price: Decimal, variants: Sequence[VariantInput], details: ProductDetails) -> None:
    if not _clean(name) or len(_clean(name)) > LONGEST_NAME:
        raise DomainError(_("Give a name of at most 120 letters."), field="name")
    if not 0 <= price < MAX_PRICE:
        raise DomainError(_("The price must be nought or more."), field="price")
    if len(details.description) > LONGEST_DESCRIPTION:
        raise DomainError(_("At most 2,000 letters."), field="description")
    check_thresholds(details.min_stock, details.max_stock)
    check_variants(variants)
