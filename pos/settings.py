"""What the till can be set to, declared once; and how an act is judged by the settings of its time."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from pos.cash_categories import CODE, SHIPPED, Categories
from pos.tiers import Presets, Tier, Tiers
from smartpos.access.kinds import AMOUNT, PERCENT, Choice, Clock, Flag, Picture, Text, Whole
from smartpos.access.settings import STORE, Section, Setting, Tab, declare_settings, declare_tab, setting_of
from smartpos.errors import DomainError
from smartpos.operations.kinds import Case

BUSINESS_KEY = "business"


def _tier(start: str, end: str | None, most: str) -> Tier:
    return Tier(Decimal(start), None if end is None else Decimal(end), "percent", Decimal(most))


SHIPPED_TIERS = (_tier("0", "50", "5"), _tier("50", "100", "10"), _tier("100", "200", "15"), _tier("200", None, "20"))


def setting_at(case: Case, code: str) -> Any:
    """What was set for the device's store when the act was made, out of the change log: it costs no statement."""
    setting = setting_of(code)
    for key in (str(case.device.store.uuid), BUSINESS_KEY):
        fact = case.facts.at("settings", key, case.operation.cursor)
        text = dict(fact.body or ()).get(code) if fact else None
        if text is not None:
            return setting.kind.parse(text)
    return setting.default


def _check_shifts(values: Mapping[str, Any]) -> None:
    if values["shift.opening_mode"] == "fixed" and not values["shift.opening_amount"]:
        raise DomainError(_("Give the amount with which a drawer starts."), field="shift.opening_amount")
    if bool(values["shift.work_start"]) != bool(values["shift.work_end"]):
        raise DomainError(_("Give both times, or none."), field="shift.work_end")


def _check_paper(values: Mapping[str, Any]) -> None:
    if values["receipt.watermark"] and not values["receipt.watermark_text"]:
        raise DomainError(_("Write what stands across the PDF."), field="receipt.watermark_text")
    if values["receipt.stamp"] and not values["receipt.stamp_image"]:
        raise DomainError(_("Choose the picture of the stamp."), field="receipt.stamp_image")


declare_tab(
    Tab(
        "receipt",
        gettext_lazy("Receipt and PDF"),
        "receipt-text",
        140,
        (
            Section("texts", gettext_lazy("Texts")),
            Section("watermark", gettext_lazy("Watermark"), gettext_lazy("A word across the PDF of every receipt.")),
            Section("stamp", gettext_lazy("Stamp"), gettext_lazy("A seal in the foot of the PDF. PNG or JPEG, at most 1 MB.")),
        ),
        words=gettext_lazy("paper print pdf watermark seal logo preview"),
        check=_check_paper,
    ),
    Tab(
        "discounts",
        gettext_lazy("Discounts"),
        "badge-percent",
        110,
        (
            Section(
                "limits",
                gettext_lazy("Largest discount"),
                gettext_lazy(
                    "What somebody at the till may take off without a manager, by the total of the cart. "
                    "A bound belongs to the tier that begins with it."
                ),
            ),
            Section(
                "presets",
                gettext_lazy("Buttons"),
                gettext_lazy("Discounts that are one tap away at the till. They obey the limits too."),
            ),
            Section("promotions", gettext_lazy("Promotions")),
        ),
        words=gettext_lazy("tier limit maximum preset per cent customer"),
    ),
    Tab(
        "pos",
        gettext_lazy("POS settings"),
        "monitor",
        120,
        (
            Section("lock", gettext_lazy("Lock"), gettext_lazy("A locked till keeps its cart and asks for a PIN.")),
            Section(
                "links",
                gettext_lazy("Payment links"),
                gettext_lazy("A sale that the customer pays online, by a link in a mail."),
            ),
            Section(
                "review",
                gettext_lazy("Google review"),
                gettext_lazy(
                    "After a sale the till reminds the cashier to ask for a review. The next sale never waits for it."
                ),
            ),
        ),
        words=gettext_lazy("till idle lock sign-out pin google review bonus"),
    ),
    Tab(
        "shifts",
        gettext_lazy("Shifts"),
        "clock",
        130,
        (
            Section(
                "cash",
                gettext_lazy("Opening cash"),
                gettext_lazy("Fixed: the till offers the amount, and another one needs a reason. Free: any amount."),
            ),
            Section(
                "hours",
                gettext_lazy("Working hours"),
                gettext_lazy(
                    "A shift that starts later, or is closed earlier, than the threshold allows needs a reason. Nought is strict."
                ),
            ),
            Section("count", gettext_lazy("Counting")),
            Section("checklist", gettext_lazy("Checklist")),
            Section(
                "categories",
                gettext_lazy("Cash out"),
                gettext_lazy("What cash may leave the drawer for, and what of it is an expense."),
            ),
        ),
        words=gettext_lazy("drawer float late early work time count blind checklist"),
        check=_check_shifts,
    ),
)

declare_settings(
    Setting(
        "discount.tiers",
        Tiers(),
        SHIPPED_TIERS,
        gettext_lazy("Without a customer"),
        levels=STORE,
        tab="discounts",
        section="limits",
        till=True,
    ),
    Setting(
        "discount.with_customer",
        PERCENT,
        Decimal(25),
        gettext_lazy("With a customer"),
        gettext_lazy("At most, whatever the total. The customer has to be on the cart."),
        levels=STORE,
        tab="discounts",
        section="limits",
        till=True,
    ),
    Setting(
        "discount.presets",
        Presets(),
        ((Decimal(5), ""), (Decimal(10), ""), (Decimal(15), ""), (Decimal(20), "")),
        gettext_lazy("Discount buttons"),
        levels=STORE,
        tab="discounts",
        section="presets",
        till=True,
    ),
    Setting(
        "promotion.suggest",
        Flag(),
        default=True,
        label=gettext_lazy("Suggest what is on promotion"),
        help=gettext_lazy("Once in a sale, when the first article is in the cart, the till shows what else costs less."),
        levels=STORE,
        tab="discounts",
        section="promotions",
        till=True,
    ),
    Setting(
        "pos.idle_minutes",
        Whole(least=0, most=240, unit=gettext_lazy("min")),
        15,
        gettext_lazy("Lock after"),
        gettext_lazy("Minutes without a touch. 0: never."),
        levels=STORE,
        tab="pos",
        section="lock",
        till=True,
    ),
    Setting(
        "payments.link_hours",
        Whole(least=1, most=720, unit=gettext_lazy("h")),
        24,
        gettext_lazy("A payment link holds for"),
        gettext_lazy("After so many hours the link expires, and the sale with it."),
        levels=STORE,
        tab="pos",
        section="links",
    ),
    Setting(
        "pos.review_prompt",
        Flag(),
        default=False,
        label=gettext_lazy("Remind to ask for a review"),
        help=gettext_lazy("Where the employee bonus is on, a line about it stands below."),
        levels=STORE,
        tab="pos",
        section="review",
        till=True,
    ),
    Setting(
        "pos.review_words",
        Text(longest=300, lines=4),
        "",
        gettext_lazy("What to say"),
        gettext_lazy("The shop's own words. Empty: the till suggests some in its language."),
        levels=STORE,
        tab="pos",
        section="review",
        till=True,
    ),
    Setting(
        "shift.opening_mode",
        Choice((("free", gettext_lazy("Free: whoever opens counts")), ("fixed", gettext_lazy("Fixed amount")))),
        "free",
        gettext_lazy("Opening cash"),
        levels=STORE,
        tab="shifts",
        section="cash",
        till=True,
    ),
    Setting(
        "shift.opening_amount",
        AMOUNT,
        Decimal(0),
        gettext_lazy("Standard amount"),
        gettext_lazy("For «Fixed amount»."),
        levels=STORE,
        tab="shifts",
        section="cash",
        till=True,
    ),
    Setting(
        "shift.work_start", Clock(), "", gettext_lazy("Work starts"), levels=STORE, tab="shifts", section="hours", till=True
    ),
    Setting("shift.work_end", Clock(), "", gettext_lazy("Work ends"), levels=STORE, tab="shifts", section="hours", till=True),
    Setting(
        "shift.late_minutes",
        Whole(least=0, most=240, unit=gettext_lazy("min")),
        15,
        gettext_lazy("Late after"),
        levels=STORE,
        tab="shifts",
        section="hours",
        till=True,
    ),
    Setting(
        "shift.early_minutes",
        Whole(least=0, most=240, unit=gettext_lazy("min")),
        10,
        gettext_lazy("Early before"),
        levels=STORE,
        tab="shifts",
        section="hours",
        till=True,
    ),
    Setting(
        "shift.blind",
        Flag(),
        default=False,
        label=gettext_lazy("Blind count"),
        help=gettext_lazy("What should be in the drawer is shown only after the count, which cannot be changed then."),
        levels=STORE,
        tab="shifts",
        section="count",
        till=True,
    ),
    Setting(
        "shift.tolerance",
        AMOUNT,
        Decimal(0),
        gettext_lazy("Tolerance"),
        gettext_lazy("A larger difference needs a note."),
        levels=STORE,
        tab="shifts",
        section="count",
        till=True,
    ),
    Setting(
        CODE,
        Categories(),
        SHIPPED,
        gettext_lazy("Categories"),
        levels=STORE,
        tab="shifts",
        section="categories",
        till=True,
    ),
    Setting(
        "receipt.header",
        Text(longest=300, lines=4),
        "",
        gettext_lazy("Text above"),
        gettext_lazy("Below the name, the address and the numbers of the business. Up to four lines."),
        levels=STORE,
        tab="general",
        section="receipt",
        till=True,
    ),
    Setting(
        "receipt.footer",
        Text(longest=200, lines=3),
        "",
        gettext_lazy("Text below"),
        gettext_lazy("Thanks, opening hours, an offer. A store may have its own on its page."),
        tab="general",
        section="receipt",
        till=True,
    ),
    Setting(
        "receipt.watermark",
        Flag(),
        default=False,
        label=gettext_lazy("Watermark"),
        tab="receipt",
        section="watermark",
    ),
    Setting(
        "receipt.watermark_text",
        Text(longest=20),
        "",
        gettext_lazy("Word"),
        gettext_lazy("Such as COPY or DUPLICATE."),
        tab="receipt",
        section="watermark",
    ),
    Setting("receipt.stamp", Flag(), default=False, label=gettext_lazy("Stamp"), tab="receipt", section="stamp"),
    Setting("receipt.stamp_image", Picture(), "", gettext_lazy("Picture"), tab="receipt", section="stamp"),
)
