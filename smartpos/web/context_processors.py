"""What every page of the Backoffice shows around its work."""

from typing import Any

from django.http import HttpRequest

from smartpos.web.navigation import menu


def shell(request: HttpRequest) -> dict[str, Any]:
    """The menu of the person who is signed in, and where they are."""
    employee = getattr(request, "employee", None)
    if employee is None:
        return {}
    return {"employee": employee, "business": employee.business, "menu": menu(employee)}
