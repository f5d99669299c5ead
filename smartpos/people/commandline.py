"""For whom a command acts: a business named on the command line, in the name of its owner."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from uuid import UUID

from django.core.management.base import CommandError

from smartpos.context import acting
from smartpos.people.models import Business, Employee, Role


def business_named(text: str) -> Business:
    """The business of that name or id; CommandError where there is none or more than one."""
    found = Business.objects.filter(name=text)
    with suppress(ValueError):
        found = Business.objects.filter(uuid=UUID(text))
    businesses = list(found[:2])
    if len(businesses) == 2:
        raise CommandError(f"More than one business is called {text}; name it by its id.")
    if not businesses:
        names = ", ".join(Business.objects.order_by("name").values_list("name", flat=True)[:10])
        raise CommandError(f"No business is called {text}. There are: {names or 'none yet'}.")
    return businesses[0]


@contextmanager
def acting_for(business: Business) -> Iterator[Employee]:
    """Run a block as the owner of a business."""
    with acting(business_id=business.pk):
        owner = Employee.objects.filter(role=Role.OWNER, active=True).order_by("pk").first()
        if owner is None:
            raise CommandError(f"{business.name} has no active owner.")
        with acting(actor_id=owner.pk):
            yield owner
