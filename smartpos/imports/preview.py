"""The first rows of a file as they would be taken, and the rows that were refused as a file."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import islice

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from smartpos.imports.kinds import Importer
from smartpos.imports.models import ImportProblem, ImportRun
from smartpos.imports.rows import Wrong
from smartpos.imports.store import layout_of_run, path_of
from smartpos.tabular.reading import Layout, body, header
from smartpos.tabular.writing import csv_blocks

SHOWN = 10


@dataclass(frozen=True, slots=True)
class Shown:
    """A row: its line, what each column says, and what is wrong with it."""

    line: int
    cells: list[tuple[str | Promise, str]]
    problem: str


@dataclass(frozen=True, slots=True)
class Preview:
    """Heads and rows."""

    heads: list[str | Promise]
    rows: list[Shown]


def preview(importer: Importer, run: ImportRun, layout: Layout, mapping: Mapping[str, int]) -> Preview:
    """The first rows, read with these columns. Numbers stand as they are understood; that is where files surprise."""
    columns = [column for column in importer.columns if column.code in mapping]
    reader = importer.reader(mapping, layout.mark)
    shown = []
    for row in islice(body(path_of(run), layout), SHOWN):
        raw = {c.code: row.cells[mapping[c.code]] if mapping[c.code] < len(row.cells) else "" for c in columns}
        problem = ""
        try:
            raw |= importer.shown(reader.read(row))
        except Wrong as wrong:
            problem = str(wrong)
        shown.append(Shown(row.line, [(column.label, raw[column.code]) for column in columns], problem))
    return Preview([column.label for column in columns], shown)


def problem_file(run: ImportRun) -> Iterator[bytes]:
    """The rows that were left out, with line and reason before their own cells: to be mended and imported again."""
    path, layout = path_of(run), layout_of_run(run)
    rows = ImportProblem.objects.filter(run=run, hint=False).order_by("line", "pk").values_list("line", "text")
    told = dict(rows)
    if not path.exists():
        return csv_blocks([_("Line"), _("What is wrong")], ([line, text] for line, text in told.items()))
    head = [_("Line"), _("What is wrong"), *header(path, layout)]
    wrong = ([row.line, told[row.line], *row.cells] for row in body(path, layout) if row.line in told)
    return csv_blocks(head, wrong)
