"""Lists of customers (CUS-04): columns, rows, and what is done with them. Points are no column: balances are never imported over."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from pos.services.customer_bulk import CustomerRow, Known, known_people, put_customers, try_customers
from pos.services.customers import LONGEST
from smartpos.clock import now
from smartpos.errors import DomainError
from smartpos.imports.columns import Column, Mapped
from smartpos.imports.kinds import Importer, Words
from smartpos.imports.models import ImportRun
from smartpos.imports.rows import Outcome, Wrong, cell_of
from smartpos.tabular.reading import Row

COLUMNS = (
    Column("name", gettext_lazy("Name"), (
        "name", "full name", "customer", "customer name", "ime", "ime i prezime", "naziv", "kupac", "naziv kupca",
    )),
    Column("email", gettext_lazy("E-mail"), (
        "e mail", "email", "mail", "e mail address", "email address", "e adresa", "eadresa", "e posta", "eposta", "mejl",
    )),
    Column("phone", gettext_lazy("Phone"), (
        "phone", "telephone", "mobile", "phone number", "tel", "telefon", "mobitel", "broj telefona", "kontakt telefon",
    )),
    Column("city", gettext_lazy("City"), ("city", "town", "place", "grad", "mjesto")),
)  # fmt: skip


@dataclass(slots=True)
class CustomerReader:
    """Turns rows into customers. Remembers the addresses it saw, so that one that stands twice in a list is told."""

    mapped: Mapped
    mark: str
    seen: dict[int, int] = field(default_factory=dict)

    def read(self, row: Row) -> CustomerRow:
        """Who a row speaks of; Wrong where it has no name or an address that is none."""
        text = {column.code: cell_of(row, self.mapped, column.code) for column in COLUMNS}
        if not text["name"]:
            raise Wrong(_("The name is missing."))
        for code, value in text.items():
            if len(value) > LONGEST[code]:
                raise Wrong(_("“%(text)s…” is longer than %(most)s letters.") % {"text": value[:20], "most": LONGEST[code]})
        email = text["email"].lower()
        if email:
            self._check(email, row.line)
        return CustomerRow(row.line, text["name"], email, text["phone"], text["city"])

    def _check(self, email: str, line: int) -> None:
        try:
            validate_email(email)
        except ValidationError as error:
            raise Wrong(_("“%(text)s” is no e-mail address.") % {"text": email[:40]}) from error
        before = self.seen.setdefault(hash(email), line)
        if before != line:
            raise Wrong(_("The address %(email)s stands in line %(line)s already.") % {"email": email[:60], "line": before})


def check(mapping: Mapped) -> None:
    """Nobody is added without a name."""
    if "name" not in mapping:
        raise DomainError(_("Say which column is the name."), field="name")


def prepare(_run: ImportRun) -> Known:
    """Whom the shop knows by telephone: read once a stint."""
    return known_people()


def put(rows: Sequence[CustomerRow], run: ImportRun, known: Known) -> Outcome:
    """A portion of customers."""
    return put_customers(rows, known, by=run.created_by, source=f"import:{run.uuid}", at=now())


def attempt(rows: Sequence[CustomerRow], _run: ImportRun, known: Known) -> Outcome:
    """The same without doing it."""
    return try_customers(rows, known)


CUSTOMERS = Importer(
    code="customers", name="office-customer-import", home="office-customers", permission="customer.manage", audit="customers",
    columns=COLUMNS, check=check, reader=CustomerReader, prepare=prepare, put=put, attempt=attempt,
    words=Words(
        title=gettext_lazy("Import customers"),
        lead=gettext_lazy(
            "Choose a list of customers. You say what its columns mean and see what would happen; nothing changes before you agree."
        ),
        matched=gettext_lazy(
            "Customers are recognised by e-mail, whatever its case: those who are there are changed, the others are added. "
            "Empty cells change nothing. Points are not imported."
        ),
        running=gettext_lazy("The customers are being imported"), done=gettext_lazy("The customers are there"),
        show=gettext_lazy("Show the customers"), back=gettext_lazy("Customers"),
    ),
)  # fmt: skip
