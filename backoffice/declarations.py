"""The Backoffice's menu, and who listens to events with a session."""

from collections.abc import Mapping

from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.utils.translation import gettext_lazy as _

from smartpos.context import acting
from smartpos.people.models import Employee
from smartpos.realtime.auth import Listener, authenticator
from smartpos.web.navigation import Entry, declare_entries

declare_entries(
    Entry("office-devices", _("Devices"), "monitor-smartphone", "device.manage", 230),
)


@authenticator
def office_listener(cookies: Mapping[str, str]) -> Listener | None:
    """The employee behind a session."""
    key = cookies.get(settings.SESSION_COOKIE_NAME)
    if not key:
        return None
    user = SessionStore(key).get(SESSION_KEY)
    employee = Employee.everywhere.filter(user_id=user, active=True).first() if user else None
    if employee is None:
        return None
    with acting(business_id=employee.business_id):
        stores = None if employee.everywhere_in_business else frozenset(employee.store_links.values_list("store_id", flat=True))
    return Listener(employee.business_id, stores, actor_id=employee.pk)
