"""What higher rooms do when people change."""

from collections.abc import Sequence

from smartpos.people.models import Employee
from smartpos.registry import Hook

staff_changed: Hook[[Sequence[Employee]]] = Hook("people.staff_changed")
