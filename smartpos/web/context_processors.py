"""What every page of the Backoffice shows around its work."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from smartpos.web.navigation import menu
from smartpos.web.stores import shown_store

# Set by the menu's button: narrow or wide; else the width of the screen decides.
MENU_COOKIE = "smartpos_menu"


def shell(request: HttpRequest) -> dict[str, Any]:
    """The build, and for somebody signed in: the menu, and where they are."""
    employee = getattr(request, "employee", None)
    if employee is None:
        return {"build": settings.STATIC_BUILD}
    return {
        "build": settings.STATIC_BUILD,
        "demo": settings.DEMO,
        "employee": employee,
        "business": employee.business,
        "menu": SimpleLazyObject(lambda: menu(employee, request.path)),
        "menu_state": request.COOKIES.get(MENU_COOKIE, "auto"),
        "stores": request.stores,  # type: ignore[attr-defined]
        "shown_store": shown_store(request),  # type: ignore[arg-type]
    }
