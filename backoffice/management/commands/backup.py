"""`manage.py backup FILE`: database, pictures and keys in one file, while the shop sells."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from backoffice.services.backups import BackupError, backup
from smartpos.clock import now


class Command(BaseCommand):
    help = "Write database, pictures and keys into one file. Keep it as safely as the shop's money: it holds everything."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, help="such as /media/usb/smartpos.tar.gz; must not be there yet")

    def handle(self, *args: Any, **options: Any) -> None:
        target: Path = options["file"].expanduser().absolute()
        try:
            manifest = backup(target, at=now())
        except BackupError as error:
            raise CommandError(str(error)) from error
        size = target.stat().st_size / 2**20
        self.stdout.write(f"{target}: {manifest['database']}, {size:.1f} MB. Try now and then whether it can be restored.")
