"""Rows of a page as a file: safe to open in a spreadsheet, written in the audit log."""

import csv
import io
from collections.abc import Iterable, Mapping, Sequence

from django.http import HttpResponse

from smartpos.audit.services import record
from smartpos.clock import now
from smartpos.db.locks import write_transaction
from smartpos.web.lists.export import safe


def csv_file(name: str, heads: Sequence[object], rows: Iterable[Sequence[object]], *, query: Mapping[str, str]) -> HttpResponse:
    """A CSV file of that name; `query` is what was chosen on the page."""
    with write_transaction():
        record(
            "list.exported",
            subject=f"pos.{name}",
            data={"query": "&".join(f"{key}={text}" for key, text in query.items())},
            at=now(),
        )
    buffer = io.StringIO()
    writer = csv.writer(buffer)
    writer.writerow([str(head) for head in heads])
    writer.writerows([safe("" if cell is None else str(cell)) for cell in row] for row in rows)
    response = HttpResponse("\ufeff" + buffer.getvalue(), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    response["Cache-Control"] = "no-store"
    return response
