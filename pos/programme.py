"""The loyalty programme as the shop has set it (SET-13): what a sale earns, what points are worth, when they may be used."""

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext_lazy as _

from smartpos.access.kinds import Flag, Number, Whole
from smartpos.access.settings import STORE, Section, Setting, Tab, declare_settings, declare_tab
from smartpos.money import PRICE_PLACES

TAB = "loyalty"

declare_tab(
    Tab(
        TAB,
        _("Loyalty"),
        "gift",
        115,
        (
            Section(
                "programme",
                _("Programme"),
                _("While it is off nothing is earned and nothing can be used. Balances stay, and tills do not show them."),
            ),
            Section("earning", _("Earning"), _("On what was paid, tax included: after discounts and points, without gifts.")),
            Section("using", _("Using"), _("Points lower what is due, like a discount, and count against no discount limit.")),
        ),
        words=_("bonus points reward programme customers"),
    )
)

declare_settings(
    Setting(
        "loyalty.enabled",
        Flag(),
        default=False,
        label=_("Enable the loyalty programme"),
        levels=STORE,
        tab=TAB,
        section="programme",
        till=True,
    ),
    Setting(
        "loyalty.auto_enrol",
        Flag(),
        default=False,
        label=_("Enrol new customers"),
        help=_("Whoever is added joins the programme, unless somebody says otherwise."),
        levels=STORE,
        tab=TAB,
        section="programme",
        till=True,
    ),
    Setting(
        "loyalty.points_per_unit",
        Number(most=Decimal(10_000), places=4),
        Decimal(1),
        _("Points for 1 unit of currency"),
        _("Fractions of a point are dropped once per receipt."),
        levels=STORE,
        tab=TAB,
        section="earning",
        till=True,
    ),
    Setting(
        "loyalty.value_of_100",
        Number(most=Decimal(1_000_000), places=4),
        Decimal(1),
        _("Worth of 100 points"),
        levels=STORE,
        tab=TAB,
        section="using",
        till=True,
    ),
    Setting(
        "loyalty.minimum",
        Whole(),
        100,
        _("Balance from which points may be used"),
        _("Whoever has fewer is not offered to use any."),
        levels=STORE,
        tab=TAB,
        section="using",
        till=True,
    ),
    Setting(
        "loyalty.redeem_offline",
        Flag(),
        default=False,
        label=_("Use points with no network too"),
        help=_(
            "The till then trusts the balance it last heard of. What was not there is marked for the manager and becomes a debt."
        ),
        levels=STORE,
        tab=TAB,
        section="using",
        till=True,
    ),
)


@dataclass(frozen=True, slots=True)
class Programme:
    """What is set, with amounts as the engine's integers (1/10,000)."""

    enabled: bool
    per_unit: int
    value_of_100: int
    minimum: int


def programme(read: Callable[[str], Any]) -> Programme:
    """The programme, each setting read by `read`: now and here, or as it was when an act was made."""
    per_unit, worth = read("loyalty.points_per_unit"), read("loyalty.value_of_100")
    return Programme(
        read("loyalty.enabled"), _scaled(per_unit), _scaled(worth), read("loyalty.minimum")
    )  # fmt: skip


def _scaled(number: Decimal) -> int:
    return int(number.scaleb(PRICE_PLACES))
