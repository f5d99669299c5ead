"""Load a list of goods: CSV or XLSX, matched by SKU (case counts), so that the same file twice changes nothing."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from inventory.importers.columns import COLUMNS
from inventory.importers.goods import Reader
from inventory.services.bulk import put_goods
from smartpos.clock import now
from smartpos.imports.columns import guess
from smartpos.imports.rows import Outcome, Portion, portions
from smartpos.people.commandline import acting_for, business_named
from smartpos.people.models import Employee
from smartpos.tabular.reading import TableError, body, header, layout_of
from smartpos.taxes.models import TaxProfile
from smartpos.taxes.selectors import default_profile


class Command(BaseCommand):
    """Says what it took and what it refused, row by row; rows that cannot stand never stop the others."""

    help = "Load products from a CSV or XLSX file into a business; columns are recognised by their heads"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--business", required=True, help="its name or id")

    def handle(self, *args: Any, **options: Any) -> None:
        with acting_for(business_named(options["business"])) as owner:
            profile = default_profile()
            if profile is None:
                raise CommandError("The business has no tax rate yet; new products need one.")
            total = self.load(options["file"], owner, profile)
        self.stdout.write(f"{total.created} new, {total.updated} changed, {total.unchanged} as before.")
        for line, problem in sorted(total.problems):
            self.stderr.write(f"line {line}: {problem}")
        if total.problems:
            self.stderr.write(f"{len(total.problems)} rows were left out.")

    def load(self, path: Path, owner: Employee, profile: TaxProfile) -> Outcome:
        """All portions of the file; answers their sum."""
        total = Outcome()
        try:
            layout = layout_of(path)
            mapped = guess(header(path, layout), COLUMNS)
            if not {"name", "sku", "barcode"} & mapped.keys():
                raise CommandError(f"{path.name} has no column for a name, SKU or barcode.")
            for portion in portions(Reader(mapped, layout.mark), body(path, layout)):
                self.put(portion, total, owner=owner, profile=profile, source=f"file:{path.name}"[:80])
        except TableError as error:
            raise CommandError(error.message) from error
        except OSError as error:
            raise CommandError(f"{path} cannot be read: {error.strerror}.") from error
        return total

    def put(self, portion: Portion, total: Outcome, *, owner: Employee, profile: TaxProfile, source: str) -> None:
        """One portion, in a transaction of its own."""
        done = put_goods(portion.rows, by=owner, profile=profile, source=source, at=now())
        total.created += done.created
        total.updated += done.updated
        total.unchanged += done.unchanged
        total.problems += [*portion.problems, *done.problems]
