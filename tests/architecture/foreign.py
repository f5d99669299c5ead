"""Rows of other tenants and stores: which they are, what they look like, and whether anything points at them from abroad."""

import hashlib
from collections.abc import Iterator
from typing import Any

from django.db import models

from smartpos.people.models import Employee, EmployeeStore
from smartpos.people.scope import Tenant
from tests.architecture.product import product_models

ForeignKey = models.ForeignKey


def tenant_models() -> list[type[Tenant]]:
    return [model for model in product_models() if issubclass(model, Tenant)]


def tenant_relations() -> Iterator["ForeignKey[Any, Any]"]:
    """Foreign keys from one tenant model to another."""
    for model in tenant_models():
        for field in model._meta.concrete_fields:
            if isinstance(field, ForeignKey) and issubclass(field.related_model, Tenant):
                yield field


# Every table, where it cannot be told which ones.
ALL = frozenset({"*"})


def among(model: type[models.Model], tables: frozenset[str]) -> bool:
    """Whether a model's table is one of these."""
    return tables == ALL or model._meta.db_table in tables


def rows_abroad(tables: frozenset[str] = ALL) -> list[str]:
    """Rows of one tenant that point at a row of another, in these tables."""
    found = []
    for field in tenant_relations():
        if not among(field.model, tables):
            continue
        abroad = field.model.everywhere.filter(**{f"{field.name}__isnull": False}).exclude(
            business_id=models.F(f"{field.name}__business_id")
        )
        found += [f"{field.model._meta.label} {row.pk}.{field.name}" for row in abroad[:5]]
    return found


# How rows without a business or store column of their own are found.
OF_BUSINESS = {"people.Business": "pk", "people.User": "employees__business_id"}
OF_STORE = {"people.Store": "pk"}


def _columns(model: type[models.Model]) -> set[str]:
    return {field.attname for field in model._meta.concrete_fields}


def _lookup(model: type[models.Model], column: str, special: dict[str, str]) -> str:
    if model._meta.label in special:
        return special[model._meta.label]
    if column in _columns(model):
        return column
    return f"receipt__{column}" if "receipt_id" in _columns(model) else ""


def _only_here(store_id: int) -> "models.QuerySet[Any]":
    """Employees who work in this store and in no other."""
    links = EmployeeStore.everywhere
    here = links.filter(store_id=store_id).values("employee_id")
    elsewhere = links.exclude(store_id=store_id).values("employee_id")
    return Employee.everywhere.filter(pk__in=here).exclude(pk__in=elsewhere)


def scope_of(
    business_id: int, store_id: int | None, tables: frozenset[str] = ALL
) -> Iterator[tuple[type[models.Model], "models.QuerySet[Any]"]]:
    """The rows of a tenant, or of one of its stores, model by model; children with their parent."""
    for model in product_models():
        if not among(model, tables):
            continue
        if store_id is not None and model is Employee:
            yield model, _only_here(store_id)
            continue
        special, column, value = (
            (OF_BUSINESS, "business_id", business_id) if store_id is None else (OF_STORE, "store_id", store_id)
        )
        lookup = _lookup(model, column, special)
        if lookup:
            yield model, model._base_manager.filter(**{lookup: value})


def picture(business_id: int, store_id: int | None = None, *, tables: frozenset[str] = ALL) -> dict[str, str]:
    """A digest of each table's rows of a tenant or store."""
    return {
        model._meta.label: hashlib.sha256(repr(list(rows.order_by("pk").values_list())).encode()).hexdigest()
        for model, rows in scope_of(business_id, store_id, tables)
    }


# Rows that answer at addresses of their own kind only: one of each kind is tried.
KINDS = {"imports.ImportRun": "kind"}


def samples(business_id: int, store_id: int | None = None) -> dict[str, models.Model]:
    """One row of each model of a tenant or store, and of each kind: what a curious person would try the ids of."""
    found: dict[str, models.Model] = {}
    for model, rows in scope_of(business_id, store_id):
        label = model._meta.label
        if row := rows.order_by("pk").first():
            found[label] = row
        if kind := KINDS.get(label):
            found |= {f"{label}:{getattr(row, kind)}": row for row in rows.order_by("pk")}
    return found
