"""Reading rates and profiles."""

from django.db.models import QuerySet

from smartpos.taxes.models import TaxProfile, TaxRate


def default_profile() -> TaxProfile | None:
    """What new products take (FIN-10); None only while the business has no rate at all."""
    return TaxProfile.objects.filter(default=True).first()


def open_profiles() -> list[TaxProfile]:
    """What a product may be given: the default first, then rates and groups by name."""
    return list(TaxProfile.objects.filter(active=True).order_by("-default", "name"))


def with_rates() -> QuerySet[TaxProfile]:
    """Profiles with everything about their rates: three statements, however many."""
    found: QuerySet[TaxProfile] = TaxProfile.objects.select_related("only").prefetch_related("entries__rate__changes")
    return found


def rates_in(profile: TaxProfile) -> list[TaxRate]:
    """The rates of a profile of `with_rates`, in its own order."""
    return [entry.rate for entry in sorted(profile.entries.all(), key=lambda entry: entry.position)]


def open_rates(besides: TaxProfile | None = None) -> QuerySet[TaxRate]:
    """What a group may be made of: rates that are offered, and those that it has already."""
    rates: QuerySet[TaxRate] = TaxRate.objects.filter(active=True)
    if besides is not None:
        rates = rates | TaxRate.objects.filter(pk__in=besides.entries.values("rate"))
    return rates.order_by("name", "pk")
