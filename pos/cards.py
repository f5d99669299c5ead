"""Cards at the till (AUT-07, AUT-08, C-27): whether, and for whom. Approvals always need the PIN."""

from django.utils.translation import gettext_lazy as _

from smartpos.access.kinds import Choice, Flag
from smartpos.access.settings import STORE, Setting, declare_settings
from smartpos.people.models import Role

# Nobody above the till comes in by a card alone.
WHO: dict[str, tuple[str, ...]] = {
    "waiters": (Role.WAITER,),
    "staff": (Role.WAITER, Role.CASHIER, Role.EMPLOYEE),
}

declare_settings(
    Setting(
        "pos.card_login", Flag(), default=False, label=_("Sign in by card"), levels=STORE, tab="pos", section="lock", till=True,
        help=_("A card is scanned in the place of the PIN. Each person's card is set on their own page."),
    ),
    Setting(
        "pos.card_who", Choice((("waiters", _("Waiters")), ("staff", _("Everybody but Owner, Admin and Manager")))),
        default="waiters", label=_("Cards are for"), levels=STORE, tab="pos", section="lock",
    ),
    Setting(
        "pos.card_relock", Flag(), default=False, label=_("Lock after each order"), levels=STORE, tab="pos", section="lock",
        till=True, help=_("The order is kept first; the next one needs a card or a PIN again."),
    ),
)  # fmt: skip
