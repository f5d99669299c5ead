"""What the first visitor of a server must know."""

from typing import Any

from django.core.management.base import BaseCommand

from smartpos.people.services.first_visit import is_due, setup_code


class Command(BaseCommand):
    """Says nothing once there is an owner, so that a start may always ask."""

    help = "Print the set-up code of an installation that has no owner yet"

    def handle(self, *args: Any, **options: Any) -> None:
        if is_due():
            self.stdout.write(f"No owner yet. Set-up code for the first visit: {setup_code()}")
