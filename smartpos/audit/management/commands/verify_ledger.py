"""Read all books again and say what does not fit."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from smartpos.audit.checks import Check, known_checks

MOST = 20


class Command(BaseCommand):
    """Exit code 0: nothing is wrong. Reads every row, in constant memory; run it at a quiet hour."""

    help = "Check audit chains, receipts, taxes, shifts, stock and counts of all businesses"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--all", action="store_true", help=f"tell every fault, not only the first {MOST} of each check")

    def handle(self, *args: Any, **options: Any) -> None:
        wrong = sum(self.run(rule, check, tell_all=options["all"]) for rule, check in known_checks())
        if wrong:
            raise CommandError(f"{wrong} faults were found. Keep a copy of the database before anything else is done to it.")
        self.stdout.write("The books are whole.")

    def run(self, rule: str, check: Check, *, tell_all: bool) -> int:
        """One check; answers how many faults it found."""
        wrong = notes = 0
        for finding in check():
            wrong += finding.fault
            notes += not finding.fault
            if tell_all or (wrong if finding.fault else notes) <= MOST:
                self.stdout.write(f"  {'!' if finding.fault else '·'} {finding.text}")
        self.stdout.write(f"{'FAULT' if wrong else 'ok':5} {rule}" + (f": {wrong} faults" if wrong else ""))
        return wrong
