"""Tenancy that fails closed: a tenant's rows are reached only inside an act of that tenant."""

from typing import Any, Self

from django.db import models

from smartpos.context import current


class NoTenant(RuntimeError):
    """A tenant's table was asked outside any business. A programmer's mistake, never a user's."""


class TenantQuerySet(models.QuerySet[Any]):
    """Adds the store filter; the business filter is put on by the manager."""

    def in_store(self, store_id: int) -> Self:
        """Rows of one store."""
        return self.filter(store_id=store_id)


class TenantManager(models.Manager[Any]):
    """`objects` of every tenant model: only the current business's rows."""

    def get_queryset(self) -> TenantQuerySet:
        business = current().business_id
        if business is None:
            raise NoTenant(f"{self.model._meta.label}: no business in the current act")
        return TenantQuerySet(self.model, using=self._db).filter(business_id=business)


class Tenant(models.Model):
    """Base of every table of a business. `everywhere` is for sign-in, jobs and checks; each use is listed by a test."""

    business = models.ForeignKey("people.Business", on_delete=models.PROTECT, related_name="+")

    everywhere = models.Manager()
    objects = TenantManager()

    class Meta:
        abstract = True
        base_manager_name = "everywhere"
        default_manager_name = "objects"
