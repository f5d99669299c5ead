"""The Backoffice's menu, and who listens to events with a session."""

from collections.abc import Mapping

from django.conf import settings
from django.contrib.auth import HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.urls import reverse
from django.utils.crypto import constant_time_compare
from django.utils.translation import gettext_lazy as _

from backoffice import letters
from backoffice.analytics import folding, stock
from backoffice.views import search
from smartpos.access.modules import Module, declare_module
from smartpos.access.permissions import OFFICE_ROLES, Permission, declare, declare_groups
from smartpos.access.settings import Section, Tab, declare_tab
from smartpos.audit.actions import Action, declare_actions, declare_link, declare_words
from smartpos.context import acting
from smartpos.outbox.deliveries import handlers
from smartpos.outbox.subscriptions import declare_projection
from smartpos.people.models import Role, User
from smartpos.people.services import sessions
from smartpos.realtime.auth import Listener, authenticator
from smartpos.web.navigation import Entry, declare_entries
from smartpos.web.search import Source, declare_search

declare(
    Permission("review.manage", _("Look through what tills did and could not be booked"), OFFICE_ROLES),
    Permission("dashboard.view", _("See the dashboard"), OFFICE_ROLES),
    Permission("executive.view", _("See the executive dashboard"), (Role.OWNER,)),
    Permission("executive.target", _("Set the sales targets of stores"), (Role.OWNER,)),
    Permission("business.set_up", _("Finish the set-up of a new business"), OFFICE_ROLES),
    Permission("store.view", _("See stores and terminals"), OFFICE_ROLES),
    Permission("store.manage", _("Open, change and close stores and terminals"), OFFICE_ROLES),
)

declare_groups({"business": _("Business"), "store": _("Stores"), "executive": _("Executive dashboard")})

declare_entries(
    Entry("office-employees", _("Employees"), "users", "employee.manage", 220),
    Entry("office-reviews", _("For review"), "inbox", "review.manage", 20),
    Entry("office-dashboard", _("Dashboard"), "chart-column", "dashboard.view", 910),
    Entry("office-executive", _("Executive"), "building-2", "executive.view", 920),
    Entry("office-stores", _("Stores"), "store", "store.view", 225),
    Entry("office-devices", _("Devices"), "monitor-smartphone", "device.manage", 230),
    Entry("office-settings", _("Settings"), "settings", "settings.manage", 890),
    Entry("office-audit", _("Audit log"), "history", "audit.view", 810),
    Entry("office-deliveries", _("Outbox"), "send", "system.view", 820),
    Entry("office-mails", _("Mail"), "mail", "system.view", 830),
    Entry("office-jobs", _("Jobs"), "clock", "system.view", 840),
    Entry("office-taxes", _("Taxes"), "percent", "tax.view", 640),
)

declare_search(
    Source(code="employee", label=_("People"), icon="users", permission="employee.manage", find=search.employees),
    Source(code="store", label=_("Stores"), icon="store", permission="store.view", find=search.stores),
    Source(code="device", label=_("Devices"), icon="monitor-smartphone", permission="device.manage", find=search.devices),
    Source(code="setting", label=_("Settings"), icon="settings", permission="settings.manage", find=search.settings),
)

declare_link("parked", lambda key: reverse("office-review", args=[key]))
declare_link("device", lambda key: reverse("office-device", args=[key]))
declare_link("employee", lambda key: reverse("office-employee", args=[key]))
declare_link("store", lambda key: reverse("office-store", args=[key]))
declare_link("delivery", lambda key: reverse("office-delivery", args=[key]))
declare_link("mail", lambda key: reverse("office-mail", args=[key]))
declare_link("tax_rate", lambda key: reverse("office-tax-rate", args=[key]))
declare_link("tax_profile", lambda key: reverse("office-tax-group", args=[key]))

declare_module(
    Module("staff", _("Staff"), groups=("employee",)),
    Module("stores", _("Stores"), groups=("store",)),
    Module("devices", _("Devices"), groups=("device",)),
    Module("system", _("Audit log, mail and jobs"), groups=("audit", "system")),
)

declare_tab(
    Tab(
        "taxes",
        _("Taxes"),
        "percent",
        150,
        url="office-taxes",
        permission="tax.view",
        words=_("VAT rate group inclusive exclusive compound exempt calculator"),
    ),
    Tab(
        "general",
        _("General"),
        "store",
        10,
        (
            Section("business", _("Business"), _("The name stands on receipts and reports.")),
            Section("region", _("Region"), _("Country, language, money and clock.")),
            Section("receipt", _("Texts on the receipt")),
        ),
        words=_("name address language currency time zone footer header thanks"),
    ),
    Tab(
        "legal",
        _("Legal"),
        "file-text",
        20,
        (
            Section("identity", _("Company"), _("As it is registered.")),
            Section(
                "numbers",
                _("Numbers"),
                _("Receipts, invoices and fiscal papers take them from here."),
            ),
        ),
        words=_("company registration tax jib pib pdv vat number"),
    ),
    Tab(
        "email-templates",
        _("Email templates"),
        "mail",
        165,
        url="office-settings-emails",
        words=_("mail text subject variable preview letter"),
    ),
    Tab(
        "mail-server",
        _("Mail server"),
        "send",
        170,
        url="office-settings-mail-server",
        words=_("smtp host port tls user password sender test"),
    ),
    Tab(
        "permissions",
        _("Permissions"),
        "shield-check",
        420,
        url="office-settings-permissions",
        permission="permission.manage",
        words=_("roles rights matrix who may cashier waiter manager"),
    ),
    Tab(
        "devices",
        _("Devices"),
        "monitor-smartphone",
        430,
        url="office-devices",
        permission="device.manage",
        words=_("till browser printer enrol revoke code"),
    ),
)

# the kinds of what leaves the house are all declared before the Backoffice is
declare_words(groups={"target": _("Sales targets")}, values={"kind": {handler.kind: handler.label for handler in handlers()}})
declare_actions(
    Action("operation.noted", _("Note on what could not be booked")),
    Action("target.changed", _("Sales targets changed")),
)

declare_projection(folding.NAME, events=["receipt.booked"], fold=folding.fold, rebuild=folding.rebuild, version=folding.VERSION)
declare_projection(stock.NAME, events=stock.EVENTS, fold=stock.fold, rebuild=stock.rebuild)

# Importing them declares the mails and says who posts them.
FILLED = (letters,)


@authenticator
def office_listener(cookies: Mapping[str, str]) -> Listener | None:
    """The employee behind a session, by the same rules as for a page."""
    key = cookies.get(settings.SESSION_COOKIE_NAME)
    if not key:
        return None
    session = SessionStore(key).load()
    employee = sessions.asker(session, _user_of(session)).employee
    if employee is None:
        return None
    with acting(business_id=employee.business_id):
        stores = None if employee.everywhere_in_business else frozenset(link.store_id for link in employee.store_links.all())
    return Listener(employee.business_id, stores, actor_id=employee.pk)


def _user_of(session: Mapping[str, str]) -> int | None:
    """The user, unless the password has changed since."""
    user = User.objects.filter(pk=session.get(SESSION_KEY) or 0, is_active=True).first()
    if user is None or not constant_time_compare(session.get(HASH_SESSION_KEY, ""), user.get_session_auth_hash()):
        return None
    return user.pk
