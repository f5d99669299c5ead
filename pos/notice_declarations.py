"""What of the tills' work people are told at the bell."""

from datetime import timedelta

from django.utils.translation import gettext_lazy as _

from pos.selectors import notice_words as words
from pos.selectors import notices
from pos.services.notices import fold
from smartpos.notifications.kinds import Kind, Severity, declare_kinds
from smartpos.outbox.subscriptions import declare_projection

# C-53: refused attempts are told when they repeat, and what follows soon counts on.
SOON = timedelta(minutes=30)

declare_kinds(
    Kind(code=notices.OPENED, label=_("Shift opened"), icon="clock", permission="shifts.view", words=words.opened),
    Kind(code=notices.CLOSED, label=_("Shift closed"), icon="wallet", permission="shifts.view", words=words.closed),
    Kind(
        code=notices.AUTO, label=_("Shift closed by itself"), icon="clock", permission="shifts.view", words=words.auto_closed,
        severity=Severity.WARNING,
    ),
    Kind(code=notices.CASH, label=_("Cash in and out"), icon="coins", permission="shifts.view", words=words.cash, mailed=True),
    Kind(
        code=notices.VOID, label=_("Receipt voided"), icon="ban", permission="sales.view", words=words.voided, mailed=True,
        severity=Severity.WARNING,
    ),
    Kind(
        code=notices.REFUND, label=_("Refund"), icon="rotate-ccw", permission="refunds.view", words=words.refunded, mailed=True,
        severity=Severity.WARNING,
    ),
    Kind(
        code=notices.ASKED, label=_("Request for a refund"), icon="undo-2", permission="refunds.decide", words=words.asked, mailed=True,
        severity=Severity.WARNING,
    ),
    Kind(
        code=notices.DISCOUNT, mailed=True, label=_("Discount above the limit"), icon="badge-percent", permission="sales.view",
        words=words.discounted, severity=Severity.WARNING,
    ),
    Kind(
        code=notices.REFUSED, label=_("Refused attempts"), icon="shield-check", permission="sales.view", words=words.refused, mailed=True,
        severity=Severity.CRITICAL, window=SOON, repeated=2,
    ),
)  # fmt: skip
declare_projection("notices", events=notices.EVENTS, fold=fold)
