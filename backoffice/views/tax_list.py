"""The list of taxes: rates and groups, which are what a product can be given."""

from datetime import date
from typing import Any

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from smartpos.taxes.models import TaxProfile, TaxRate
from smartpos.taxes.selectors import rates_in
from smartpos.web.lists import Choice, Column, Empty, Link, OfficeList, Search
from smartpos.web.templatetags.smartpos import day as day_text
from smartpos.web.templatetags.smartpos import quantity

KINDS = (("rate", _("Rates")), ("group", _("Groups")))
STATES = (("open", _("Offered")), ("archived", _("Archived")))


def address_of(profile: TaxProfile) -> str:
    """The page of a rate or of a group."""
    if profile.only is not None:
        return reverse("office-tax-rate", args=[profile.only.uuid])
    return reverse("office-tax-group", args=[profile.uuid])


def percent_text(rate: TaxRate, day: date) -> str:
    """17 %."""
    return f"{quantity(rate.percent_on(day))}\u00a0%"


def _percents(profile: TaxProfile, day: date) -> str:
    return " + ".join(percent_text(rate, day) for rate in rates_in(profile))


def _kinds(profile: TaxProfile) -> str:
    if profile.only is None:
        return gettext("Group of %(count)s") % {"count": len(rates_in(profile))}
    return str(profile.only.get_kind_display())


def _basis(profile: TaxProfile) -> str:
    found = {rate.inclusive for rate in rates_in(profile)}
    if len(found) > 1:
        return gettext("Some included, some on top")
    return gettext("Included in the price") if found == {True} else gettext("Added on top")


def _next(profile: TaxProfile, day: date) -> str:
    """What comes into force next, of whichever rate."""
    coming = sorted(
        (start, rate.pk, rate, percent) for rate in rates_in(profile) for start, percent in rate.dated if start > day
    )
    if not coming:
        return ""
    start, _key, rate, percent = coming[0]
    text = gettext("%(percent)s from %(day)s") % {"percent": f"{quantity(percent)}\u00a0%", "day": day_text(start)}
    return text if profile.only is not None else f"{rate.name}: {text}"


def _of_kind(rows: QuerySet[Any], value: str) -> QuerySet[Any]:
    return rows.filter(only__isnull=value != "rate")


def _in_state(rows: QuerySet[Any], value: str) -> QuerySet[Any]:
    return rows.filter(active=value == "open")


def _with_words(rows: QuerySet[Any], text: str) -> QuerySet[Any]:
    return rows.filter(Q(name__icontains=text) | Q(only__code__iexact=text))


def taxes(day: date) -> OfficeList:
    """Rates and groups with what is in force on a business day."""
    return OfficeList(
        code="taxes.profiles",
        title=_("Taxes"),
        order="name",
        address=address_of,
        export="tax.view",
        links=(
            Link(url="office-tax-calculator", label=_("Calculator"), icon="badge-percent", permission="tax.view"),
            Link(url="office-tax-group-new", label=_("Add tax group"), icon="plus", permission="tax.manage"),
            Link(url="office-tax-rate-new", label=_("Add tax rate"), icon="plus", permission="tax.manage", primary=True),
        ),
        columns=(
            Column(code="name", label=_("Name"), value=lambda p: p.name, sort="name", template="backoffice/taxes/_name.html"),
            Column(code="rate", label=_("Rate"), value=lambda p: _percents(p, day), number=True),
            Column(code="kind", label=_("Type"), value=_kinds),
            Column(code="basis", label=_("Prices"), value=_basis),
            Column(code="codes", label=_("Code"), value=lambda p: ", ".join(rate.code for rate in rates_in(p))),
            Column(code="change", label=_("Next change"), value=lambda p: _next(p, day)),
            Column(
                code="compound", label=_("Compound"), shown=False,
                value=lambda p: gettext("Yes") if any(rate.compound for rate in rates_in(p)) else gettext("No"),
            ),
            Column(
                code="priority", label=_("Order"), number=True, shown=False,
                value=lambda p: ", ".join(str(rate.priority) for rate in rates_in(p)),
            ),
        ),
        filters=(
            Search(label=_("Name or code"), where=_with_words),
            Choice(code="kind", label=_("Type"), options=KINDS, where=_of_kind),
            Choice(code="state", label=_("Show"), options=STATES, where=_in_state, default="open"),
        ),
        empty=Empty(
            picture="percent", title=_("No taxes yet"),
            sentence=_("Every product carries a tax rate, also where it is 0 %. Begin with the usual one."),
            url="office-tax-rate-new", button=_("Add tax rate"), permission="tax.manage",
        ),
    )  # fmt: skip
