"""The bell in the head of every page of the Backoffice."""

from functools import partial
from typing import Any

from django.http import HttpRequest

from smartpos.notifications.selectors import bell_shown, unread_count


def bell(request: HttpRequest) -> dict[str, Any]:
    """Whether there is a bell, and how much is new; asked when the page shows it, so that fragments ask nothing."""
    employee = getattr(request, "employee", None)
    return {"bell_shown": bell_shown, "bell_count": partial(unread_count, employee)} if employee else {}
