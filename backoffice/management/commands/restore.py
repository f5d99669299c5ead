"""`manage.py restore FILE`: a backup in the place of what is there, then every check of the books."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from backoffice.services.backups import BackupError, restore, wrong_books


class Command(BaseCommand):
    help = "Restore a file that `backup` made, bring it to this version's shape and check the books. Stop the product first."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--replace", action="store_true", help="put it in the place of data that is there; they are lost")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            manifest = restore(options["file"].expanduser().absolute(), replace=options["replace"])
        except BackupError as error:
            raise CommandError(str(error)) from error
        call_command("migrate", interactive=False, verbosity=0)
        wrong = wrong_books()
        for sentence in wrong:
            self.stderr.write(sentence)
        if wrong:
            raise CommandError(f"Restored as of {manifest['at']}, but the books are not whole: {len(wrong)} faults.")
        self.stdout.write(f"Restored as of {manifest['at']}. The books are whole.")
