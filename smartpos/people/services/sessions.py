"""Sessions of the Backoffice: who is behind one, the list that people see, and their end.

A session by password belongs to a user; one by PIN to an employee on the device where it was made, and lives no longer than
that PIN, that device and half an hour of quiet.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from importlib import import_module
from typing import Any

from django.conf import settings
from django.db.models import QuerySet, prefetch_related_objects

from smartpos.people.crypto import keyed
from smartpos.people.models import Device, Employee, OfficeSession, User, store_links

BY_PIN, CHOSEN = "by_pin", "employee"
PIN_QUIET = timedelta(minutes=30)
SEEN_EVERY = timedelta(minutes=5)


@dataclass(frozen=True, slots=True)
class Asker:
    """Who is behind a session. `strong`: by password; `choices`: the businesses to choose from, when there are several."""

    employee: Employee | None
    strong: bool
    choices: int = 0


NOBODY = Asker(None, strong=False)


def asker(session: Mapping[str, Any], user_id: int | None) -> Asker:
    """Asked anew at each request, so that a dismissal, a new PIN or a revoked device works at once."""
    if BY_PIN in session:
        return Asker(_by_pin(session[BY_PIN]), strong=False)
    if user_id is None:
        return NOBODY
    found = list(_staff().filter(user_id=user_id, active=True).order_by("business__name", "pk"))
    chosen = [employee for employee in found if employee.pk == session.get(CHOSEN)]
    if not chosen and len(found) > 1:
        return Asker(None, strong=True, choices=len(found))
    return Asker(_placed(next(iter(chosen or found), None)), strong=True, choices=len(found))


def _staff() -> "QuerySet[Employee]":
    return Employee.everywhere.select_related("business", "user")


def _placed(employee: Employee | None) -> Employee | None:
    """With the stores where somebody works, in one query; the owner works in all of them and needs none."""
    if employee is not None and not employee.everywhere_in_business:
        prefetch_related_objects([employee], store_links())
    return employee


def _by_pin(mark: Mapping[str, Any]) -> Employee | None:
    employee = _staff().filter(pk=mark["employee"], active=True).first()
    if employee is None or pin_version(employee) != mark["pin"]:
        return None
    living = Device.everywhere.filter(pk=mark["device"], revoked_at__isnull=True, business_id=employee.business_id)
    return _placed(employee) if living.exists() else None


def pin_version(employee: Employee) -> str:
    """Changes with the PIN and says nothing of it."""
    return keyed("pin-version", bytes(employee.pin_hash or b"").hex()).hex()[:16]


def pin_mark(employee: Employee, device: Device) -> dict[str, Any]:
    """What a session by PIN keeps."""
    return {"employee": employee.pk, "device": device.pk, "pin": pin_version(employee)}


def start(
    *, user: User | None, employee: Employee | None, device: Device | None, key: str, browser: str, user_agent: str,
    address: str, at: datetime,
) -> bool:  # fmt: skip
    """Note a new session; answers whether the user comes with a browser never seen before (the first one is not news)."""
    hashed = keyed("browser", browser)
    known = OfficeSession.objects.filter(user=user) if user else OfficeSession.objects.none()
    news = user is not None and known.exists() and not known.filter(browser=hashed).exists()
    OfficeSession.objects.create(
        user=user, employee=employee, device=device, session_key=key, browser=hashed, user_agent=user_agent[:200],
        address=address[:45], started_at=at, seen_at=at,
    )  # fmt: skip
    return news


def knows(user: User, browser: str) -> bool:
    """Whether this user has signed in with this browser before."""
    return bool(browser) and OfficeSession.objects.filter(user=user, browser=keyed("browser", browser)).exists()


def seen(key: str, *, at: datetime) -> None:
    """The session is in use."""
    OfficeSession.objects.filter(session_key=key).update(seen_at=at)


def living(user: User, *, at: datetime) -> "QuerySet[OfficeSession]":
    """The user's open sessions, the one in use last first."""
    since = at - timedelta(seconds=settings.SESSION_COOKIE_AGE)
    return OfficeSession.objects.filter(user=user, ended_at__isnull=True, seen_at__gt=since).order_by("-seen_at", "-pk")


def end(found: "QuerySet[OfficeSession]", *, at: datetime) -> int:
    """End sessions: their browsers are out at the next request."""
    keys = [key for key in found.filter(ended_at__isnull=True).values_list("session_key", flat=True) if key]
    store = import_module(settings.SESSION_ENGINE).SessionStore
    for key in keys:
        store(key).delete()
    return int(OfficeSession.objects.filter(session_key__in=keys).update(ended_at=at, session_key=None))


def end_of_user(user: User, *, at: datetime, keep: str | None = None) -> int:
    """End all sessions of a user, but for one key."""
    found = OfficeSession.objects.filter(user=user)
    return end(found.exclude(session_key=keep) if keep else found, at=at)


def end_of_employee(employee: Employee, *, at: datetime) -> None:
    """Somebody goes: their sessions by PIN, and those of their user where no other business needs them."""
    end(OfficeSession.objects.filter(employee=employee), at=at)
    if (
        employee.user_id
        and not Employee.everywhere.filter(user_id=employee.user_id, active=True).exclude(pk=employee.pk).exists()
    ):
        end(OfficeSession.objects.filter(user_id=employee.user_id), at=at)
