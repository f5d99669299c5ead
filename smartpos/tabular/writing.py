"""Tables out, row by row: nothing is held but the row at hand, and no cell becomes a formula."""

import csv
import io
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from typing import Any

Cell = str | int | Decimal | None
# What a spreadsheet takes for the beginning of a formula; tab and return are cut off by some before they look.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_BLOCK = 500


def safe(text: str) -> str:
    """Text that no spreadsheet computes: an apostrophe in front of what would begin a formula."""
    return f"'{text}" if text.startswith(_FORMULA) else text


def unsafe(text: str) -> str:
    """The text before `safe`: our own files come back as they went out."""
    return text[1:] if text.startswith("'") and text[1:].startswith(_FORMULA) else text


def csv_blocks(
    head: Sequence[str], rows: Iterable[Sequence[Cell]], *, delimiter: str = ",", mark: str = "."
) -> Iterator[bytes]:
    """A CSV in UTF-8 with a mark, by which spreadsheets know it, in blocks ready to be sent."""
    text = io.StringIO()
    writer = csv.writer(text, delimiter=delimiter, lineterminator="\r\n")
    text.write("\ufeff")
    writer.writerow([safe(cell) for cell in head])
    for count, row in enumerate(rows, start=1):
        writer.writerow([_plain(cell, mark) for cell in row])
        if count % _BLOCK == 0:
            yield text.getvalue().encode()
            text.seek(0)
            text.truncate()
    yield text.getvalue().encode()


def _plain(cell: Cell, mark: str) -> str:
    """Numbers are ours and stay numbers, signs and all; text is made safe."""
    if cell is None:
        return ""
    if isinstance(cell, Decimal):
        return format(cell, "f").replace(".", mark)
    return safe(cell) if isinstance(cell, str) else str(cell)


def workbook(head: Sequence[str], rows: Iterable[Sequence[Cell]], *, title: str) -> Any:
    """An XLSX in a temporary file, open at its beginning. Text is written as text, so nothing in it is computed."""
    # Loaded here: a tenth of a second and ten megabytes that only workbooks need.
    from openpyxl import Workbook  # noqa: PLC0415
    from openpyxl.cell import WriteOnlyCell  # noqa: PLC0415

    book = Workbook(write_only=True)
    sheet = book.create_sheet(title[:31])

    def cell(value: Cell) -> Any:
        if not isinstance(value, str):
            return value
        made = WriteOnlyCell(sheet, value="".join(c for c in value if c >= " " or c in "\n\t")[:32_767])
        made.data_type = "s"
        return made

    sheet.append([cell(name) for name in head])
    for row in rows:
        sheet.append([cell(value) for value in row])
    file = tempfile.TemporaryFile()  # noqa: SIM115 - handed to the caller, who closes it
    book.save(file)
    file.seek(0)
    return file
