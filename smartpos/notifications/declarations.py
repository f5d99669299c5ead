"""What the bell tells the kernel."""

from datetime import timedelta

from django.utils.translation import gettext_lazy as _

from smartpos.access.kinds import Choice, Flag
from smartpos.access.settings import STORE, Section, Setting, Tab, declare_settings, declare_tab
from smartpos.mail.mailing import SECTION, TAB, Addresses
from smartpos.mail.types import MailType, Variable, declare_mail
from smartpos.notifications.checks import check_page
from smartpos.notifications.services.mails import ALERT, DIGEST, deliver_alert, send_digest
from smartpos.notifications.services.telling import forget_old
from smartpos.outbox.deliveries import declare_handler
from smartpos.scheduling.jobs import Job, Per, declare_job

declare_tab(
    Tab(
        TAB,
        _("Notifications"),
        "bell",
        160,
        (
            Section("bell", _("Bell"), _("What happened in one's own stores, in the head of the Backoffice and of the till.")),
            Section(
                "digest",
                _("Digest"),
                _("One mail about everything that was told, in the morning by the clock of the first store."),
            ),
            Section(
                SECTION,
                _("Mails"),
                _(
                    "Each has a switch, and those to the staff have addresses of their own. What comes in quick succession is one mail."
                ),
            ),
        ),
        words=_("alerts bell sound digest recipients mails"),
        check=check_page,
    )
)
declare_settings(
    Setting(
        "notify.bell",
        Flag(),
        default=True,
        label=_("Show the bell"),
        levels=STORE,
        tab="notifications",
        section="bell",
        till=True,
    ),
    Setting(
        "notify.sound",
        Flag(),
        default=True,
        label=_("Sound at the till"),
        help=_("When something critical is told to whoever stands there."),
        levels=STORE,
        tab="notifications",
        section="bell",
        till=True,
    ),
    Setting(
        "notify.digest",
        Choice((("none", _("None")), ("daily", _("Every morning")), ("weekly", _("On Monday morning")))),
        "none",
        _("Digest"),
        tab=TAB,
        section="digest",
    ),
    Setting("notify.digest_to", Addresses(), "", _("Addresses"), _("One a line."), tab=TAB, section="digest"),
)
declare_mail(
    MailType(
        ALERT,
        _("Alert"),
        (
            Variable("title", _("What happened"), "Račun A1-13 storniran: 13,00 KM"),
            Variable("store_name", _("Store"), "Baščaršija Market"),
            Variable("events", _("Everything that happened"), "Boris · Pogrešan sto · 26.11.2026. 10:15"),
        ),
    ),
    MailType(
        DIGEST,
        _("Digest"),
        (
            Variable("period", _("Period"), "25.11.2026. 07:00 – 26.11.2026. 07:00"),
            Variable("sums", _("How often what happened"), "Smjena otvorena: 2 · Baščaršija Market"),
            Variable("events", _("What needs a look"), "Račun A1-13 storniran: 13,00 KM"),
        ),
    ),
)
declare_handler(ALERT, deliver_alert, label=_("Alert by mail"), describe=lambda payload: str(payload["kind"]))
declare_job(
    Job("notifications.digest", _("Send the digest"), send_digest, per=Per.BUSINESS, daily_at="07:00"),
    Job("notifications.forget", _("Clear notifications older than three months"), forget_old, every=timedelta(hours=24)),
)
