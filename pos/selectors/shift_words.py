"""The figures of a shift, an X or a Z in words: sections of rows, the same in a mail, on a page and on paper."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from pos.models import CashKind, EntrustedKind, EntrustedMethod, PaymentMethod
from pos.selectors.shift_report import Report


@dataclass(frozen=True, slots=True)
class Row:
    """A name and an amount; `strong` for a sum."""

    label: str
    amount: Decimal
    strong: bool = False


@dataclass(frozen=True, slots=True)
class Section:
    """What stands together."""

    title: str
    rows: list[Row]


def sections_of(report: Report) -> list[Section]:
    """Everything of a shift that is an amount."""
    sections = [*figures_of(report.figures), Section(_("Drawer"), list(_drawer(report)))]
    if report.supplement is not None:
        came = report.supplement
        late = [
            Row(_("Total"), came.total),
            Row(_("Cash of the drawer"), came.drawer.expected),
            Row(_("Expected with it"), report.expected_with_supplement, strong=True),
        ]
        sections.append(Section(_("Supplement: arrived after the closing"), late))
    if report.corrections:
        rows = [
            Row(f"{move.employee.name if move.employee else ''}: {move.reason}", move.amount) for move in report.corrections
        ]
        if report.difference is not None:
            rows.append(Row(_("Difference after corrections"), report.difference + report.corrected, strong=True))
        sections.append(Section(_("Corrections"), rows))
    return sections


def figures_of(figures: Mapping[str, Any]) -> list[Section]:
    """Sales, payments, taxes and movements of frozen figures."""
    sales = [Row(f"{name} ({figures[code]['count']})", Decimal(figures[code]["total"])) for code, name in (
        ("sales", _("Sales")), ("refunds", _("Refunds")), ("voids", _("Voids")))]  # fmt: skip
    sales.append(Row(_("Total"), Decimal(figures["total"]), strong=True))
    further = (("discount", _("Discount")), ("points", _("Points")), ("rounding", _("Rounding of cash")), ("tips", _("Tips")))
    sales += [Row(name, Decimal(figures[code])) for code, name in further if Decimal(figures[code])]
    if figures["gratis"]["count"]:
        sales.append(Row(f"{_('Given away')} ({figures['gratis']['count']})", Decimal(figures["gratis"]["total"])))
    paid = [Row(str(PaymentMethod(method).label), Decimal(amount)) for method, amount in figures["tenders"].items()]
    taxes = [Row(f"{tax['code']} {tax['rate']} %", Decimal(tax["amount"])) for tax in figures["taxes"]]
    moved = [
        Row(
            " · ".join(filter(None, (str(CashKind(m["kind"]).label), m["category"]))) + f" ({m['count']})", Decimal(m["amount"])
        )
        for m in figures["movements"]
    ]
    found = (
        Section(_("Sales"), sales),
        Section(_("Payments"), paid),
        Section(_("Taxes"), taxes),
        Section(_("Cash in and out"), moved),
        Section(_("Not ours: goods of owners, parcels"), list(_entrusted(figures))),
    )
    return [section for section in found if section.rows]


def _entrusted(figures: Mapping[str, Any]) -> Iterator[Row]:
    # Figures that were frozen before there was such money do not speak of it.
    for sum_ in figures.get("entrusted", []):
        words = [str(EntrustedKind(sum_["kind"]).label), str(EntrustedMethod(sum_["method"]).label)]
        if sum_["packages"]:
            words.append(ngettext("%(count)d parcel", "%(count)d parcels", sum_["packages"]) % {"count": sum_["packages"]})
        yield Row(f"{' · '.join(words)} ({sum_['count']})", Decimal(sum_["amount"]))


def _drawer(report: Report) -> Iterator[Row]:
    drawer, shift = {name: Decimal(text) for name, text in report.figures["drawer"].items()}, report.shift
    yield Row(_("Opening cash"), drawer["opening"])
    if report.opening_difference:
        yield Row(_("Against the last count"), report.opening_difference)
    yield Row(_("Cash taken"), drawer["taken"])
    signs = (
        ("change", -1, _("Change")),
        ("refunds", -1, _("Refunds")),
        ("cash_in", 1, _("Cash in")),
        ("cash_out", -1, _("Cash out")),
        ("handovers", -1, _("Handovers")),
        ("cod", 1, _("Parcels paid for (COD)")),
    )
    for code, sign, name in signs:
        if drawer.get(code):
            yield Row(name, sign * drawer[code])
    yield Row(_("Expected"), report.expected, strong=True)
    if shift.counted is not None and not shift.not_counted:
        yield Row(_("Counted"), shift.counted)
    if report.late_count is not None:
        yield Row(_("Counted, arrived later"), report.late_count.amount)
    if report.difference is not None:
        yield Row(_("Difference"), report.difference, strong=True)
