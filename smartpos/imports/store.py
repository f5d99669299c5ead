"""The files of imports: kept beside the database until their import is old."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _

from smartpos.errors import DomainError
from smartpos.imports.models import ImportRun
from smartpos.tabular.reading import Layout

KEPT = timedelta(days=30)
# Below what the server takes at all (SMARTPOS_MAX_BODY_BYTES), so that it is the page that says so.
MOST_BYTES = 9 * 1024 * 1024


def path_of(run: ImportRun) -> Path:
    """Where the file of a run lies."""
    return Path(settings.DATA_DIR) / "imports" / run.uuid.hex


def layout_of_run(run: ImportRun) -> Layout:
    """How its file is written, as recognised or as the user said."""
    return Layout(run.encoding, run.delimiter, run.mark)


def keep(run: ImportRun, upload: "UploadedFile[Any]") -> None:
    """Store an upload block by block; DomainError where it is too large or empty."""
    if not upload.size:
        raise DomainError(_("The file is empty."), field="file")
    if upload.size > MOST_BYTES:
        text = _("The file is larger than %(most)s MB. Split it, or save it as CSV.") % {"most": MOST_BYTES // 1024 // 1024}
        raise DomainError(text, field="file")
    path = path_of(run)
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as file:
        for block in upload.chunks():
            file.write(block)


def drop(runs: Iterable[ImportRun]) -> None:
    """Remove the files of these runs."""
    for run in runs:
        path_of(run).unlink(missing_ok=True)


def old_runs(at: datetime) -> list[ImportRun]:
    """Runs whose file nobody asks for any more."""
    return list(ImportRun.objects.filter(created_at__lt=at - KEPT, created_at__gte=at - 4 * KEPT).order_by("pk")[:50])


def estimated_lines(path: Path, layout: Layout) -> int:
    """About how many rows a file has: for a progress bar, and cheap."""
    if layout.is_workbook:
        from openpyxl import load_workbook  # noqa: PLC0415 - only workbooks need it

        with path.open("rb") as file:
            return max(0, (load_workbook(file, read_only=True).worksheets[0].max_row or 1) - 1)
    with path.open("rb") as file:
        ends = sum(block.count(b"\n") for block in iter(lambda: file.read(1 << 20), b""))
    return max(1, ends - 1)
