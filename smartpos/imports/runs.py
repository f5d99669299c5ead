"""The life of an import: received, its columns chosen, checked, confirmed, worked through in portions, finished.

Every portion is a transaction of its own that also writes how far the import is. Killed anywhere, the next worker goes on behind
the last portion that stands; no row is lost and none is taken twice.
"""

import json
import time
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.utils import translation
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from smartpos.audit.services import record
from smartpos.clock import now
from smartpos.context import acting
from smartpos.db.locks import write_transaction
from smartpos.errors import Conflict, DomainError
from smartpos.ids import uuid7
from smartpos.imports.columns import guess
from smartpos.imports.kinds import Importer, importer_of
from smartpos.imports.models import ImportProblem, ImportRun, ImportState
from smartpos.imports.rows import Outcome, Portion, portions
from smartpos.imports.store import drop, estimated_lines, keep, layout_of_run, old_runs, path_of
from smartpos.outbox import deliveries
from smartpos.outbox.deliveries import Work, enqueue
from smartpos.people.models import Employee
from smartpos.tabular.reading import TableError, body, header, layout_of
from smartpos.taxes.models import TaxProfile

KIND = "imports.run"
# How long a worker stays with one import before others have their turn.
STINT_SECONDS = 10.0
# Problems that are kept; a file with more is the wrong file.
MOST_PROBLEMS = 10_000
NAMED_NEWS = 30


def receive(importer: Importer, upload: "UploadedFile[Any]", *, by: Employee, at: datetime) -> ImportRun:
    """Keep a file and recognise how it is written. Nothing of what is there changes."""
    run = ImportRun(business_id=by.business_id, kind=importer.code, created_at=at, created_by=by, size=upload.size or 0)
    run.name = (upload.name or "")[-120:]
    keep(run, upload)
    path = path_of(run)
    try:
        layout = layout_of(path)
        run.encoding, run.delimiter, run.mark = layout.encoding, layout.delimiter, layout.mark
        run.mapping = json.dumps(guess(header(path, layout), importer.columns))
        if next(body(path, layout), None) is None:
            raise TableError(_("There is no row below the one that names the columns."), code="table_empty")
        run.lines = estimated_lines(path, layout)
    except TableError as error:
        drop([run])
        raise DomainError(error.message, field="file", code=error.code) from error
    with write_transaction():
        run.save()
        drop(old_runs(at))
    return run


def check(
    run: ImportRun, *, mapping: Mapping[str, int], encoding: str, delimiter: str, mark: str, tax_profile: TaxProfile | None,
    by: Employee, at: datetime,
) -> ImportRun:  # fmt: skip
    """Take the user's choice of columns and begin to try the file."""
    importer = importer_of(run.kind)
    importer.check(mapping)
    if len(set(mapping.values())) < len(mapping):
        raise DomainError(_("A column can be one thing only."))
    with write_transaction():
        run = _locked(run, ImportState.MAPPING, ImportState.CHECKED)
        run.mapping, run.tax_profile = (
            json.dumps({code: mapping[code] for code in importer.codes if code in mapping}),
            tax_profile,
        )
        run.encoding, run.delimiter, run.mark = encoding, delimiter, mark
        _begin(run, ImportState.CHECKING)
    return run


def start(run: ImportRun, *, by: Employee, at: datetime) -> ImportRun:
    """Import what was checked; from here on what is there changes."""
    with write_transaction():
        run = _locked(run, ImportState.CHECKED)
        data = {"file": run.name, "rows": run.lines, "wrong": run.wrong}
        record(f"{importer_of(run.kind).audit}.import_started", subject=f"import:{run.uuid}", data=data, at=at)
        _begin(run, ImportState.RUNNING)
    return run


def cancel(run: ImportRun, *, by: Employee, at: datetime) -> ImportRun:
    """End an import. What it has written already stays."""
    with write_transaction():
        run = _locked(run, ImportState.MAPPING, ImportState.CHECKING, ImportState.CHECKED, ImportState.RUNNING)
        if run.state == ImportState.RUNNING:
            data = {"file": run.name, "created": run.created, "updated": run.updated}
            record(f"{importer_of(run.kind).audit}.import_cancelled", subject=f"import:{run.uuid}", data=data, at=at)
        run.state, run.finished_at = ImportState.CANCELLED, at
        run.save()
    return run


def _locked(run: ImportRun, *states: str) -> ImportRun:
    found: ImportRun = ImportRun.objects.select_for_update().get(pk=run.pk)
    if found.state not in states:
        raise Conflict(_("This import has gone on meanwhile. Load the page again."))
    return found


def _begin(run: ImportRun, state: str) -> None:
    """From the first line, with clean counters."""
    ImportProblem.objects.filter(run=run).delete()
    run.state, run.position, run.dealt, run.created, run.updated, run.unchanged, run.wrong = state, 0, 0, 0, 0, 0, 0
    run.news = "[]" if state == ImportState.CHECKING else run.news
    run.save()
    _ask(run)


def _ask(run: ImportRun) -> None:
    """A stint by a worker, who speaks as whoever asks. Asking once too often is harmless: who comes second finds the work done."""
    shard = f"import:{run.business_id}"
    payload = {"run": str(run.uuid), "language": get_language() or ""}
    enqueue(kind=KIND, key=str(uuid7()), payload=payload, business_id=run.business_id, shard=shard)


def deliver(work: Work) -> deliveries.Outcome:
    """One stint of an import; asks for the next one while something is left."""
    run = ImportRun.objects.select_related("created_by", "business", "tax_profile").filter(uuid=work.payload["run"]).first()
    if run is None or not run.at_work:
        return deliveries.done()
    with acting(actor_id=run.created_by_id), translation.override(work.payload.get("language") or run.business.language):
        try:
            left = stint(run, seconds=STINT_SECONDS)
        except TableError as error:
            _fail(run, error.message)
            return deliveries.done("failed")
        if left:
            with write_transaction():
                _ask(run)
    return deliveries.done(run.state)


def stint(run: ImportRun, *, seconds: float, clock: Callable[[], float] = time.monotonic) -> bool:
    """Deal with portions until the time is over; True when something is left."""
    importer = importer_of(run.kind)
    prepared = importer.prepare(run)
    reader, until = importer.reader(json.loads(run.mapping), run.mark), clock() + seconds
    for portion in portions(reader, body(path_of(run), layout_of_run(run)), after=run.position):
        if not _deal(importer, run, portion, prepared):
            return False
        if clock() >= until:
            return True
    _finish(run)
    return False


def _deal(importer: Importer, run: ImportRun, portion: Portion, prepared: Any) -> bool:
    """One portion and where it ends, together; False when somebody has ended the import meanwhile."""
    tried = importer.attempt(portion.rows, run, prepared) if run.state == ImportState.CHECKING else None
    with write_transaction():
        fresh = ImportRun.objects.select_for_update().get(pk=run.pk)
        if (fresh.state, fresh.position) != (run.state, run.position):
            return False
        outcome = tried or importer.put(portion.rows, run, prepared)
        _count(run, portion, outcome)
        run.save()
    return True


def _count(run: ImportRun, portion: Portion, outcome: Outcome) -> None:
    problems = sorted([*portion.problems, *outcome.problems])
    room = max(0, MOST_PROBLEMS - run.wrong)
    ImportProblem.objects.bulk_create(
        ImportProblem(business_id=run.business_id, run=run, line=line, text=text[:300]) for line, text in problems[:room]
    )
    told = run.problems.filter(hint=True).count() if outcome.hints else 0
    ImportProblem.objects.bulk_create(
        ImportProblem(business_id=run.business_id, run=run, line=line, text=text[:300], hint=True)
        for line, text in outcome.hints[: max(0, MOST_PROBLEMS - told)]
    )
    run.position = portion.last
    run.dealt += len(portion.rows) + len(portion.problems)
    run.created += outcome.created
    run.updated += outcome.updated
    run.unchanged += outcome.unchanged
    run.wrong += len(problems)
    if outcome.news:
        names = json.loads(run.news)
        run.news = json.dumps(list(dict.fromkeys([*names, *outcome.news]))[:NAMED_NEWS])


def _finish(run: ImportRun) -> None:
    at = now()
    with write_transaction():
        fresh = ImportRun.objects.select_for_update().get(pk=run.pk)
        if fresh.state != run.state:
            return
        run.lines = run.dealt
        if run.state == ImportState.CHECKING:
            run.state = ImportState.CHECKED
        else:
            run.state, run.finished_at = ImportState.DONE, at
            data = {"file": run.name, "created": run.created, "updated": run.updated, "wrong": run.wrong}
            record(f"{importer_of(run.kind).audit}.import_finished", subject=f"import:{run.uuid}", data=data, at=at)
        run.save()


def _fail(run: ImportRun, text: str) -> None:
    with write_transaction():
        run.state, run.failure, run.finished_at = ImportState.FAILED, text[:300], now()
        run.save(update_fields=["state", "failure", "finished_at"])
