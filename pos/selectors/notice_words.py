"""What a notification of the tills says: a title and a sentence, in the language of whoever reads."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from smartpos.access.permissions import UnknownPermission, permission_of
from smartpos.web.templatetags.smartpos import amount, quantity

Told = tuple[str, str]


def _money(data: Mapping[str, Any], name: str) -> str:
    return amount(Decimal(data[name]), data["currency"])


def _joined(*parts: str) -> str:
    return " · ".join(part for part in parts if part)


def opened(data: Mapping[str, Any]) -> Told:
    """NTF-05: who, where, with how much."""
    late = _("%(minutes)s min late") % {"minutes": data["late"]} if data["late"] else ""
    opening = _("opening cash %(amount)s") % {"amount": _money(data, "opening")}
    return _("Shift opened by %(name)s") % {"name": data["employee"]}, _joined(data["terminal"], opening, late)


def closed(data: Mapping[str, Any]) -> Told:
    """NTF-05: with what was counted and what is missing."""
    counted = _("counted %(amount)s") % {"amount": _money(data, "counted")}
    difference = _("difference %(amount)s") % {"amount": _money(data, "difference")} if Decimal(data["difference"]) else ""
    title = _("Shift closed by %(name)s") % {"name": data["employee"]}
    return title, _joined(data["terminal"], counted, difference, data["reason"])


def auto_closed(data: Mapping[str, Any]) -> Told:
    """Nobody counted."""
    expected = _("%(amount)s expected, nobody counted") % {"amount": _money(data, "expected")}
    return _("A shift of %(name)s closed by itself") % {"name": data["employee"]}, _joined(data["terminal"], expected)


def _items(data: Mapping[str, Any]) -> str:
    named = [name if count in ("1", "1.000") else f"{quantity(Decimal(count))} × {name}" for name, count in data["items"]]
    more = [_("and %(count)s more") % {"count": data["more"]}] if data["more"] else []
    return ", ".join([*named, *more])


def voided(data: Mapping[str, Any]) -> Told:
    """NTF-06: items, who, and why."""
    names = {"number": data["original"] or data["number"], "amount": _money(data, "total")}
    return _("Receipt %(number)s voided: %(amount)s") % names, _joined(data["employee"], data["reason"], _items(data))


def refunded(data: Mapping[str, Any]) -> Told:
    """NTF-06, with the receipt or without one."""
    names = {"number": data["original"], "amount": _money(data, "total")}
    title = _("Refund on receipt %(number)s: %(amount)s") if data["original"] else _("Refund without a receipt: %(amount)s")
    return title % names, _joined(data["employee"], data["reason"], _items(data))


def discounted(data: Mapping[str, Any]) -> Told:
    """NTF-08, C-53: a manager approved it, or nobody did."""
    names = {"amount": _money(data, "discount"), "number": data["number"]}
    title = _("Discount above the limit: %(amount)s on receipt %(number)s") % names
    how = _("nobody approved it") if data["excess"] == "taken" else _("approved by a manager")
    return title, _joined(data["employee"], data["terminal"], how)


def refused(data: Mapping[str, Any]) -> Told:
    """C-53: attempts that a manager's PIN did not cover, once they repeat."""
    try:
        act = str(permission_of(data["code"]).label)
    except UnknownPermission:
        act = data["code"]
    title = _("%(name)s tried what nobody approved") if data["employee"] else _("Somebody tried what nobody approved")
    return title % {"name": data["employee"]}, act


def cash(data: Mapping[str, Any]) -> Told:
    """Cash that moved without a sale."""
    titles = {
        "in": _("%(amount)s put into the drawer"), "out": _("%(amount)s taken out of the drawer"),
        "handover": _("%(amount)s handed over to %(receiver)s"), "consigned": _("%(amount)s taken for goods of %(party)s"),
        "payout": _("%(amount)s paid out to %(party)s"), "cod": _("%(amount)s taken for parcels of %(party)s"),
        "collected": _("%(amount)s collected by %(party)s"),
    }  # fmt: skip
    named = {"amount": _money(data, "amount"), "receiver": data["receiver"], "party": data["category"]}
    category = data["category"] if data["kind"] == "out" else ""
    return titles[data["kind"]] % named, _joined(data["employee"], data["terminal"], category, data["reason"])


def asked(data: Mapping[str, Any]) -> Told:
    """Somebody waits for a manager."""
    names = {"number": data["number"], "amount": _money(data, "total")}
    return _("A refund waits for you: receipt %(number)s, %(amount)s") % names, _joined(data["employee"], data["reason"])
