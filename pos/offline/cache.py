"""The rows that tills cache, and when they change (docs/terminal-protocol.md, 4)."""

from collections.abc import Sequence
from typing import Any

from inventory import hooks as inventory_hooks
from inventory.models import Category, Variant
from smartpos.access.permissions import codes_of
from smartpos.money import format_price, format_rate
from smartpos.operations.services.changes import NewState, put
from smartpos.people import hooks as people_hooks
from smartpos.people.models import Employee
from smartpos.taxes import hooks as tax_hooks
from smartpos.taxes.models import TaxProfile


def item_state(variant: Variant) -> NewState:
    """A variant as tills see it; gone when it or its product is archived. The product must be loaded."""
    product = variant.product
    body: list[Any] | None = None
    if variant.active and product.active:
        body = [
            str(product.uuid), product.name, variant.name, variant.sku or "", variant.barcode or "",
            format_price(int(variant.price.scaleb(4))), str(product.tax_profile.uuid),
            str(product.category.uuid) if product.category else "", variant.unit, variant.tracked, variant.position,
        ]  # fmt: skip
    return NewState("item", str(variant.uuid), variant.pk, body)


def category_state(category: Category) -> NewState:
    """A category as tills see it."""
    return NewState("category", str(category.uuid), category.pk, [category.name, category.colour, category.position])


def profile_state(profile: TaxProfile) -> NewState:
    """A tax profile with its rates in order."""
    entries = profile.entries.select_related("rate").order_by("position")
    rates = [
        [e.rate.code, e.rate.kind, format_rate(int(e.rate.rate.scaleb(4))), e.rate.inclusive, e.rate.compound, e.rate.priority]
        for e in entries
    ]
    return NewState("profile", str(profile.uuid), profile.pk, [profile.name, rates])


def employee_state(employee: Employee) -> NewState:
    """A person with the codes of the role and the stores; gone when inactive. The version changes with the PIN."""
    body: list[Any] | None = None
    if employee.active and employee.pin_hash:
        stores = None
        if not employee.everywhere_in_business:
            stores = sorted(str(link.store.uuid) for link in employee.store_links.select_related("store"))
        version = bytes(employee.pin_hash).hex()[:8]
        body = [employee.name, employee.role, codes_of(employee.role), stores, version]
    return NewState("employee", str(employee.uuid), employee.pk, body)


@inventory_hooks.items_changed.implement
def _items_changed(variants: Sequence[Variant]) -> None:
    put([item_state(variant) for variant in variants])


@inventory_hooks.categories_changed.implement
def _categories_changed(categories: Sequence[Category]) -> None:
    put([category_state(category) for category in categories])


@tax_hooks.profiles_changed.implement
def _profiles_changed(profiles: Sequence[TaxProfile]) -> None:
    put([profile_state(profile) for profile in profiles])


@people_hooks.staff_changed.implement
def _staff_changed(employees: Sequence[Employee]) -> None:
    put([employee_state(employee) for employee in employees])
