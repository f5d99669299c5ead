"""What every page of the Backoffice shows around its work."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest

from smartpos.web.navigation import menu


def shell(request: HttpRequest) -> dict[str, Any]:
    """The build, and for somebody signed in: the menu, and where they are."""
    employee = getattr(request, "employee", None)
    if employee is None:
        return {"build": settings.STATIC_BUILD}
    lines = menu(employee, request.path)
    return {
        "build": settings.STATIC_BUILD,
        "demo": settings.DEMO,
        "employee": employee,
        "business": employee.business,
        "menu": lines,
    }
