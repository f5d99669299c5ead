"""Operations that could not be booked, and what was said of them."""

import json
from typing import Any

from django.db.models import BooleanField, Case, Exists, OuterRef, QuerySet, Subquery, Value, When

from backoffice.models import OperationNote
from smartpos.operations.models import Operation, Retrial

REVIEW = "review"


def parked() -> QuerySet[Any]:
    """Operations kept for review; `booked` after all by a second try, `settled` then, or where the last note says that nothing is left."""
    last = OperationNote.objects.filter(operation=OuterRef("pk")).order_by("-pk")
    found: QuerySet[Any] = Operation.objects.filter(state=REVIEW).select_related("device__store", "device__terminal")
    annotated: QuerySet[Any] = found.annotate(
        booked=Exists(Retrial.objects.filter(operation=OuterRef("pk"))), said=Subquery(last.values("note")[:1])
    ).annotate(
        settled=Case(When(booked=True, then=Value(value=True)), default=Subquery(last.values("done")[:1]), output_field=BooleanField())
    )  # fmt: skip
    return annotated


def reason(operation: Operation) -> dict[str, Any]:
    """Why it was kept: the first mark; what follows was noticed besides."""
    marks = json.loads(operation.marks)
    return dict(marks[0]) if marks else {"code": ""}
