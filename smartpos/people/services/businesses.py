"""The business itself: how it is reached, what it is paid with, what its papers say."""

from datetime import datetime

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from smartpos.audit.services import record
from smartpos.db.locks import write_transaction
from smartpos.errors import DomainError
from smartpos.people import hooks
from smartpos.people.countries import country_codes
from smartpos.people.models import Business, Employee, Store
from smartpos.people.services.rules import check_currency, check_phone, one_line, refuse_for, serialise_shifts

BASICS = ("name", "email", "phone", "address", "country", "currency", "language", "time_zone")
LEGAL = ("legal_name", "registration_number", "tax_number", "vat_number")


def update_business(business: Business, *, by: Employee, at: datetime, **given: str) -> Business:
    """Change any of `BASICS` and `LEGAL`. Another currency is every store's that has none of its own: see `set_store_currency`."""
    unknown = set(given) - {*BASICS, *LEGAL}
    if unknown:
        raise TypeError(f"a business has no {', '.join(sorted(unknown))}")
    given = {name: _checked(name, one_line(value)) for name, value in given.items()}
    with write_transaction():
        business = Business.objects.select_for_update().get(pk=business.pk)
        changes = {n: f"{getattr(business, n)} → {v}" for n, v in given.items() if v != getattr(business, n)}
        if not changes:
            return business
        followers = _followers(business, given.get("currency", ""))
        for name, value in given.items():
            setattr(business, name, value)
        _clean(business)
        business.save()
        for store in followers:
            store.currency = business.currency
            store.save(update_fields=["currency"])
        record("business.changed", subject=f"business:{business.uuid}", data={"changes": changes}, at=at)
        stores = (
            list(Store.objects.all())
            if {"name", "legal_name", "tax_number", "vat_number", "language"} & set(changes)
            else followers
        )
        hooks.stores_changed(stores)
    return business


def _followers(business: Business, currency: str) -> list[Store]:
    """The stores whose currency changes with the business's, each asked whether it can."""
    if not currency or currency == business.currency:
        return []
    for pk in Store.objects.filter(own_currency=False).order_by("pk").values_list("pk", flat=True):
        serialise_shifts(pk)
    followers = list(Store.objects.select_for_update().filter(own_currency=False).order_by("pk"))
    for store in followers:
        refuse_for(hooks.changing_currency, store, field="currency")
    return followers


def _checked(name: str, value: str) -> str:
    if name == "currency" and value:
        check_currency(value)
    elif name == "phone":
        check_phone(value)
    elif name == "country" and value and value not in country_codes():
        raise DomainError(_("Choose a country of the list."), field=name)
    elif name == "language" and value not in dict(settings.LANGUAGES):
        raise DomainError(_("Choose a language of the list."), field=name)
    elif name == "name" and not value:
        raise DomainError(_("Give the business a name."), field=name)
    return value


def _clean(business: Business) -> None:
    try:
        business.full_clean(exclude=["uuid"], validate_unique=False)
    except ValidationError as error:
        field, messages = next(iter(error.message_dict.items()))
        raise DomainError(" ".join(messages), field=field) from error
