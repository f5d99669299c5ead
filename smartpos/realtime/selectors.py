"""Reading the placed events."""

from dataclasses import dataclass

from django.db.models import Max, Min

from smartpos.outbox.models import OutboxEvent

BATCH = 500


@dataclass(frozen=True, slots=True)
class Message:
    """An event as a stream carries it: ids only; whoever hears it fetches what it needs."""

    position: int
    business_id: int
    store_id: int | None
    name: str
    payload: str

    def frame(self) -> bytes:
        """The event as a stream writes it."""
        return f"id: {self.position}\nevent: {self.name}\ndata: {self.payload}\n\n".encode()


_COLUMNS = ("position", "business_id", "store_id", "name", "payload")


def after(position: int, *, limit: int = BATCH) -> list[Message]:
    """The next events behind a position; one query."""
    rows = OutboxEvent.objects.filter(position__gt=position).order_by("position").values_list(*_COLUMNS)[:limit]
    return [Message(*row) for row in rows]


def span() -> tuple[int, int]:
    """The oldest position that is kept and the newest; (0, 0) when there is none."""
    ends = OutboxEvent.objects.filter(position__isnull=False).aggregate(first=Min("position"), last=Max("position"))
    return ends["first"] or 0, ends["last"] or 0


def wanted(name: str, topics: frozenset[str]) -> bool:
    """Whether a topic list asks for an event: its name, or a beginning such as `receipt.*`."""
    return name in topics or any(topic.endswith("*") and name.startswith(topic[:-1]) for topic in topics)
