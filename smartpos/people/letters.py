"""Letters that people get from this room. Who posts them is a higher room's matter (`smartpos.people.hooks.letter`)."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Letter:
    """One mail: its type (a template), to whom, in which language, and what stands in it."""

    type: str
    to: str
    language: str
    business_id: int | None
    context: Mapping[str, str] = field(default_factory=dict)
