"""What selling has against somebody's leaving: a drawer that is still theirs (EMP-05)."""

from django.utils.translation import gettext as _

from pos.models import Shift
from smartpos.people import hooks
from smartpos.people.models import Employee


@hooks.dismissing.implement
def _dismissing(employee: Employee, reasons: list[str]) -> None:
    open_ones = Shift.objects.filter(opened_by=employee, closed_at__isnull=True).order_by("terminal__name")
    names = [f"{terminal} ({store})" for terminal, store in open_ones.values_list("terminal__name", "store__name")]
    if names:
        reasons.append(
            _("%(name)s still has an open shift: %(terminals)s. A manager has to close it first.")
            % {"name": employee.name, "terminals": ", ".join(names)}
        )
