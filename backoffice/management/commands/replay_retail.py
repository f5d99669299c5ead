"""Replay a retailer's invoices as a till would have sent them, and hold the ledger against the file."""

import secrets
from argparse import ArgumentParser
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db.models import Count, Sum

from backoffice.demo.replay import Replayer, Stopped
from backoffice.demo.retail import Sums, days
from pos.models import Receipt
from smartpos.clock import now
from smartpos.context import acting
from smartpos.people.commandline import acting_for, business_named
from smartpos.people.models import Business, Device, Employee, Store, Terminal
from smartpos.people.services.devices import enrol, make_enrolment_code
from smartpos.people.services.places import create_store, create_terminal, found_business
from smartpos.taxes.selectors import default_profile
from smartpos.taxes.services import create_rate

CURRENCY, ZONE = "GBP", "Europe/London"
TILL = "Replay"


class Command(BaseCommand):
    """Deterministic: the same file twice changes nothing, and a run that was killed goes on where it stopped."""

    help = "Replay transactions.csv(.gz) of a retailer through the operations service"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, help="transactions.csv.gz; with --found, products.csv lies beside it")
        parser.add_argument("--business", required=True, help="its name or id")
        parser.add_argument("--months", type=int, default=1, help="how many of the file's first months (default 1)")
        parser.add_argument("--found", action="store_true", help="found the business first and load its products, if need be")

    def handle(self, *args: Any, **options: Any) -> None:
        path: Path = options["file"]
        if not path.is_file():
            raise CommandError(f"{path} is not there.")
        if options["found"]:
            self.found(options["business"], path)
        with acting_for(business_named(options["business"])) as owner:
            store = self.store(owner)
            self.replay(path, store, owner, months=options["months"], verbosity=options["verbosity"])

    def found(self, name: str, path: Path) -> None:
        """A business in pounds with 20 % in its prices, and the goods that lie beside the file."""
        if not Business.objects.filter(name=name).exists():
            password, pin = secrets.token_urlsafe(12), f"{secrets.randbelow(10_000):04d}"
            email = f"owner-{secrets.token_hex(3)}@retail.example"
            business, owner = found_business(
                name=name, language="en", owner_name="Retail owner", owner_email=email, owner_password=password, owner_pin=pin,
                at=now(),
            )  # fmt: skip
            with acting(business_id=business.pk, actor_id=owner.pk):
                create_rate(by=owner, code="20", name="VAT 20 %", rate=Decimal(20), at=now())
            self.stdout.write(f"Founded {name}: sign in as {email} with {password}, PIN {pin}.")
        call_command(
            "load_products", str(path.with_name("products.csv")), business=name, stdout=self.stdout, stderr=self.stderr
        )

    def store(self, owner: Employee) -> Store:
        """The business's store in pounds, opened where there is none."""
        found: Store | None = Store.objects.filter(currency=CURRENCY, active=True).order_by("pk").first()
        return found or create_store(by=owner, name=TILL, code="REPLAY", currency=CURRENCY, time_zone=ZONE, at=now())

    def device(self, store: Store, owner: Employee, at: datetime) -> Device:
        """The till of the replay, enrolled before its first sale."""
        place = Terminal.objects.filter(store=store, name=TILL).first()
        place = place or create_terminal(store, by=owner, name=TILL, at=now())
        device: Device | None = Device.objects.filter(terminal=place, revoked_at__isnull=True).first()
        if device is None:
            code = make_enrolment_code(place, by=owner, at=at)
            device, _token = enrol(code, name=TILL, address="127.0.0.1", user_agent="", at=at)
        return device

    def replay(self, path: Path, store: Store, owner: Employee, *, months: int, verbosity: int) -> None:
        """Day by day; then the sums of file and ledger side by side."""
        profile = default_profile()
        if profile is None:
            raise CommandError("The business has no tax rate yet.")
        till: Replayer | None = None
        sums = {"sale": Sums(), "refund": Sums()}
        try:
            for day, invoices in days(path, months):
                if not invoices:
                    continue
                till = till or self.till(store, owner, day, str(profile.uuid))
                till.day(day, invoices)
                for invoice in invoices:
                    sums["refund" if invoice.is_return else "sale"].add(invoice)
                if verbosity > 1:
                    self.stdout.write(f"{day}: {len(invoices)} documents")
        except Stopped as stopped:
            raise CommandError(str(stopped)) from stopped
        if till is None:
            raise CommandError(f"{path.name} has no invoices.")
        self.stdout.write(f"{till.sent} operations sent.")
        self.compare(till.device, sums)

    def till(self, store: Store, owner: Employee, day: date, profile: str) -> Replayer:
        """Enrolled on the morning of the first day."""
        morning = datetime.combine(day, time(), store.zone) - timedelta(days=1)
        return Replayer(self.device(store, owner, morning), owner, profile)

    def compare(self, device: Device, sums: dict[str, Sums]) -> None:
        """One line a kind; CommandError where the ledger says something else than the file."""
        wrong = 0
        for kind, wanted in sums.items():
            receipts = Receipt.objects.filter(device=device, kind=kind)
            found = receipts.aggregate(documents=Count("pk"), amount=Sum("total"))
            lines = receipts.aggregate(lines=Count("lines"))["lines"]
            sign = -1 if kind == "refund" else 1
            booked = Sums(found["documents"], lines, sign * (found["amount"] or Decimal(0)))
            self.stdout.write(f"{kind}s: {booked.documents} documents, {booked.lines} lines, {booked.amount} {CURRENCY}")
            if booked != wanted:
                self.stderr.write(
                    f"the file says {wanted.documents} documents, {wanted.lines} lines, {wanted.amount} {CURRENCY}"
                )
                wrong += 1
        if wrong:
            raise CommandError("Ledger and file differ.")
