"""Make the facts anew from the ledger."""

from typing import Any

from django.core.management.base import BaseCommand

from backoffice.analytics import folding, stock
from smartpos.outbox.subscriptions import rebuild


class Command(BaseCommand):
    help = "Make the facts that dashboards and reports read anew from the ledger."

    def handle(self, *_args: Any, **options: Any) -> None:
        for name in (folding.NAME, stock.NAME):
            rebuild(name)
        if options["verbosity"]:
            self.stdout.write("The facts are made anew.")
