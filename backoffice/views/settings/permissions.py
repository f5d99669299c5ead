"""The matrix: roles as columns, rights as rows (SEC-11, SEC-12)."""

import hashlib
from collections.abc import Iterator
from itertools import groupby
from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from backoffice.views.settings.pages import pages_for
from smartpos.access.guards import office
from smartpos.access.permissions import Permission, group_label, has_right, known, locked
from smartpos.access.services.rights import Rights, set_rights
from smartpos.access.settings import tab_of
from smartpos.clock import now
from smartpos.errors import Conflict, DomainError
from smartpos.people.models import Employee, Role
from smartpos.people.services.staff_rules import RANK
from smartpos.web.pages import OfficeRequest, render

COLUMNS = [role for role in Role if role != Role.OWNER]


@require_http_methods(["GET", "POST"])
@office("permission.manage")
def permissions_page(request: OfficeRequest) -> HttpResponse:
    """Who may do what; saved whole, in force at once."""
    error: DomainError | None = None
    if request.method == "POST":
        try:
            _save(request)
        except DomainError as refusal:
            error = refusal
    context = {
        "tab": tab_of("permissions"), "groups": pages_for(request.employee, "permissions"), "columns": COLUMNS,
        "places": [(_("Backoffice"), list(_rows(request, till=False))), (_("At the till"), list(_rows(request, till=True)))],
        "seen": state(request.employee), "error": error, "saved": request.method == "POST" and error is None,
    }  # fmt: skip
    return render(
        request, "backoffice/settings/permissions.html", context, fragment="backoffice/settings/_matrix.html",
        status=error.status if error else 200,
    )  # fmt: skip


def _save(request: OfficeRequest) -> None:
    if request.POST.get("seen") != state(request.employee):
        raise Conflict(_("Somebody else changed this page meanwhile. Look at it again: saving now replaces what they set."))
    set_rights(_posted(request), by=request.employee, at=now())


def _posted(request: OfficeRequest) -> Rights:
    """Every tick that this person may set; whatever else was sent is nobody's tick on this page."""
    ticked = set(request.POST.getlist("right"))
    return {
        (str(role), permission.code): f"{role}:{permission.code}" in ticked
        for permission in known()
        for role in COLUMNS
        if editable(request.employee, role, permission)
    }


def editable(by: Employee, role: str, permission: Permission) -> bool:
    """Whether the tick is free for this person: a role below theirs, a right that can be changed and that they have."""
    below = by.role == Role.OWNER or RANK[Role(role)] > RANK[Role(by.role)]
    return below and locked(permission, role) is None and has_right(by.role, permission.code, by.business_id)


def state(by: Employee) -> str:
    """A short name of the matrix as it is."""
    ticks = [f"{role}:{p.code}" for p in known() for role in COLUMNS if has_right(role, p.code, by.business_id)]
    return hashlib.sha256("\n".join(ticks).encode()).hexdigest()[:16]


def _rows(request: OfficeRequest, *, till: bool) -> Iterator[dict[str, Any]]:
    rights = [permission for permission in known() if permission.till == till]
    rights.sort(key=lambda p: (str(group_label(p.group)), p.code))
    for label, found in groupby(rights, key=lambda p: str(group_label(p.group))):
        yield {"label": label, "rights": [_row(request.employee, permission) for permission in found]}


def _row(by: Employee, permission: Permission) -> dict[str, Any]:
    words = f"{permission.label} {group_label(permission.group)} {permission.code}".lower()
    return {"permission": permission, "words": words, "cells": [_cell(by, role, permission) for role in COLUMNS]}


def _cell(by: Employee, role: Role, permission: Permission) -> dict[str, Any]:
    return {
        "role": role, "locked": locked(permission, role) is not None, "on": has_right(role, permission.code, by.business_id),
        "free": editable(by, role, permission),
    }  # fmt: skip
