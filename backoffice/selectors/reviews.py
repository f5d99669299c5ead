"""Operations that could not be booked, and what was said of them."""

import json
from typing import Any

from django.db.models import OuterRef, QuerySet, Subquery

from backoffice.models import OperationNote
from smartpos.operations.models import Operation, ParkedBody

REVIEW = "review"


def parked() -> QuerySet[Any]:
    """Operations kept for review, with whether the last note says that nothing is left to do."""
    last = OperationNote.objects.filter(operation=OuterRef("pk")).order_by("-pk")
    found: QuerySet[Any] = Operation.objects.filter(state=REVIEW).select_related("device__store", "device__terminal")
    annotated: QuerySet[Any] = found.annotate(settled=Subquery(last.values("done")[:1]), said=Subquery(last.values("note")[:1]))
    return annotated


def sent_body(operation: Operation) -> str:
    """What the till sent: of a private operation what was kept beside the journal, where anything was."""
    aside = ParkedBody.objects.filter(operation=operation).first()
    return aside.body if aside else operation.body


def reason(operation: Operation) -> dict[str, Any]:
    """Why it was kept: the first mark; what follows was noticed besides."""
    marks = json.loads(operation.marks)
    return dict(marks[0]) if marks else {"code": ""}
