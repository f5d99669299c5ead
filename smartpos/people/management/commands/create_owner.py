"""The first business and its owner, without a browser."""

import sys
from argparse import ArgumentParser
from getpass import getpass
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from smartpos.clock import now
from smartpos.errors import DomainError
from smartpos.people.services.first_visit import found_first, is_due


class Command(BaseCommand):
    """Refused as soon as there is an owner. The password is asked for, or read from the input: never an argument that others see."""

    help = "Create the first business and its owner on an empty database"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--business", required=True, help="the name of the business")
        parser.add_argument("--name", required=True, help="the owner's name")
        parser.add_argument("--email", required=True, help="what the owner signs in with")
        parser.add_argument("--language", default="en", choices=list(dict(settings.LANGUAGES)))
        parser.add_argument("--password-stdin", action="store_true", help="read the password from the first line of the input")

    def handle(self, *args: Any, **options: Any) -> None:
        if not is_due():
            raise CommandError("There is an owner already.")
        password = sys.stdin.readline().rstrip("\r\n") if options["password_stdin"] else getpass("Password: ")
        try:
            business, owner = found_first(
                business_name=options["business"], owner_name=options["name"], email=options["email"], password=password,
                language=options["language"], at=now(),
            )  # fmt: skip
        except DomainError as error:
            raise CommandError(error.message) from error
        self.stdout.write(f"{business.name} is founded; {owner.name} signs in at {settings.LOGIN_URL} and finishes the set-up.")
