"""How late a shift began and how early it ended, by the working hours of the act's time (SHF-15 to 17)."""

from pos.settings import setting_at
from smartpos.operations.kinds import Case

DAY = 24 * 60


def late_minutes(case: Case) -> int:
    """Minutes after the work's start; nought within the threshold. Exactly at it is not late."""
    start, _end, at = _hours(case)
    late = 0 if start is None else at - start
    return late if late > setting_at(case, "shift.late_minutes") else 0


def early_minutes(case: Case) -> int:
    """Minutes before the work's end; nought within the threshold."""
    _start, end, at = _hours(case)
    early = 0 if end is None else end - at
    return early if early > setting_at(case, "shift.early_minutes") else 0


def _hours(case: Case) -> tuple[int | None, int | None, int]:
    """Start, end and the present moment as minutes of one business day. Where work goes on over its end, what lies nearer to the
    end than to the next start belongs to the night before.
    """
    local = case.occurred_at.astimezone(case.device.store.zone)
    at = _since_cutoff(case, local.hour * 60 + local.minute)
    start, end = _clock(case, "shift.work_start"), _clock(case, "shift.work_end")
    if start is None or end is None or start < end:
        return start, end, at
    return start, end + DAY, at + DAY if 2 * at < start + end else at


def _clock(case: Case, code: str) -> int | None:
    text = setting_at(case, code)
    if not text:
        return None
    hours, minutes = text.split(":")
    return _since_cutoff(case, int(hours) * 60 + int(minutes))


def _since_cutoff(case: Case, minute: int) -> int:
    return (minute - case.device.store.cutoff_minutes) % DAY
