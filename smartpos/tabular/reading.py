"""A table from a file: what it is, its head, its rows one by one."""

import csv
import io
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from itertools import islice
from pathlib import Path
from typing import Any, NamedTuple

from django.utils.translation import gettext as _

from smartpos.errors import DomainError
from smartpos.tabular.encodings import recognise
from smartpos.tabular.numbers import decimal_mark

DELIMITERS = (",", ";", "\t")
MARKS = (".", ",")
MOST_COLUMNS = 200
LONGEST_CELL = 10_000
SAMPLE = 200
# What a workbook may come to when unpacked: a small file can hide a huge one.
MOST_UNPACKED = 400 * 1024 * 1024
_ZIP, _OLD_EXCEL = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"


class TableError(DomainError):
    """A file that is no table we read."""

    code = "table_unreadable"


class Row(NamedTuple):
    """A row and the line of the file where it begins, as an editor counts."""

    line: int
    cells: list[str]


@dataclass(frozen=True, slots=True)
class Layout:
    """How a file is written. An empty delimiter: a workbook."""

    encoding: str
    delimiter: str
    mark: str

    @property
    def is_workbook(self) -> bool:
        """XLSX rather than text."""
        return not self.delimiter


def layout_of(path: Path) -> Layout:
    """Recognise a file by its content; TableError with a sentence for what is no table."""
    with path.open("rb") as file:
        head = file.read(8192)
        if head.startswith(_ZIP):
            _check_workbook(path)
            return Layout("utf-8", "", ".")
        _check_text(head)
        encoding = recognise(file)
    text = _start_of(path, encoding)
    if "\x00" in text:
        raise TableError(_("This is not a table. Choose a CSV or XLSX file."))
    delimiter = _delimiter(text)
    guess = Layout(encoding, delimiter, "," if delimiter == ";" else ".")
    cells = (cell for row in islice(rows(path, guess), SAMPLE) for cell in row.cells)
    return replace(guess, mark=decimal_mark(cells) or guess.mark)


def _check_text(head: bytes) -> None:
    if not head.strip(b"\r\n\t ;,\xef\xbb\xbf\xff\xfe\x00"):
        raise TableError(_("The file is empty."), code="table_empty")
    if head.startswith(_OLD_EXCEL):
        raise TableError(_("This is an old Excel file (XLS). Save it as XLSX or CSV and choose it again."))
    if head.startswith((b"%PDF", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"\x1f\x8b", b"{", b"<")):
        raise TableError(_("This is not a table. Choose a CSV or XLSX file."))


def _check_workbook(path: Path) -> None:
    try:
        with zipfile.ZipFile(path) as archive:
            names = archive.infolist()
    except (zipfile.BadZipFile, OSError) as error:
        raise TableError(_("This workbook is damaged. Save it again and choose it anew.")) from error
    if not any(name.filename == "xl/workbook.xml" for name in names):
        raise TableError(_("This is not a table. Choose a CSV or XLSX file."))
    if sum(name.file_size for name in names) > MOST_UNPACKED:
        raise TableError(_("This workbook is too large. Save it as CSV, or split it."), code="table_too_large")


def _start_of(path: Path, encoding: str) -> str:
    with path.open(encoding=encoding, errors="replace", newline="") as file:
        return file.read(65_536)


def _delimiter(text: str) -> str:
    """The separator that cuts the first lines into the same number of cells, the more the better."""
    lines = [line for line in csv.reader(io.StringIO(text), delimiter="\x1f") if line][:SAMPLE]
    best, most = ",", 0
    for delimiter in DELIMITERS:
        widths = [len(row) for row in csv.reader((line[0] for line in lines[:20]), delimiter=delimiter)]
        head = widths[0] if widths else 1
        same = sum(width == head for width in widths)
        if head > 1 and same * head > most:
            best, most = delimiter, same * head
    return best


def header(path: Path, layout: Layout) -> list[str]:
    """The first row that says something; TableError where there is none."""
    first = next(iter(rows(path, layout)), None)
    if first is None:
        raise TableError(_("The file is empty."), code="table_empty")
    return [cell.strip() for cell in first.cells]


def body(path: Path, layout: Layout) -> Iterator[Row]:
    """The rows below the head."""
    return islice(rows(path, layout), 1, None)


def rows(path: Path, layout: Layout) -> Iterator[Row]:
    """All rows that say something, in constant memory."""
    if not path.exists():
        raise TableError(_("The file is no longer there. Choose it again."))
    found = _workbook_rows(path) if layout.is_workbook else _text_rows(path, layout)
    return (row for row in found if any(row.cells))


def _text_rows(path: Path, layout: Layout) -> Iterator[Row]:
    with path.open(encoding=layout.encoding, errors="replace", newline="") as file:
        reader = csv.reader((line.replace("\x00", "") for line in file), delimiter=layout.delimiter)
        begins = 1
        try:
            for cells in reader:
                yield Row(begins, [cell.strip()[:LONGEST_CELL] for cell in cells[:MOST_COLUMNS]])
                begins = reader.line_num + 1
        except csv.Error as error:
            text = _("Line %(line)s cannot be read: a quotation mark is open, or a cell is far too long.") % {"line": begins}
            raise TableError(text) from error
        except UnicodeError as error:
            raise TableError(_("The file is not in this encoding. Choose another one.")) from error


def _workbook_rows(path: Path) -> Iterator[Row]:
    # Loaded here: a tenth of a second and ten megabytes that only workbooks need.
    from openpyxl import load_workbook  # noqa: PLC0415

    try:
        with path.open("rb") as file:
            book = load_workbook(file, read_only=True, data_only=True, keep_links=False)
            sheet = book.worksheets[0]
            sheet.reset_dimensions()
            for line, values in enumerate(sheet.iter_rows(max_col=MOST_COLUMNS, values_only=True), start=1):
                yield Row(line, _trimmed([_text(value) for value in values]))
    except (KeyError, ValueError, IndexError, TypeError, OSError, zipfile.BadZipFile, SyntaxError) as error:
        raise TableError(_("This workbook is damaged. Save it again and choose it anew.")) from error


def _trimmed(cells: list[str]) -> list[str]:
    while cells and not cells[-1]:
        cells.pop()
    return cells


def _text(value: Any) -> str:
    """A workbook's cell as text; its numbers with a point and no exponent."""
    if value is None:
        return ""
    if isinstance(value, str):
        return value.replace("\x00", "").strip()[:LONGEST_CELL]
    if isinstance(value, bool):
        return "1" if value else "0"
    if isinstance(value, float):
        return format(Decimal(repr(value)).normalize(), "f")
    if isinstance(value, datetime):
        return value.isoformat(sep=" ", timespec="minutes")
    return value.isoformat() if isinstance(value, date) else str(value)
