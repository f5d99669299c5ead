"""The base of every event: past tense, ids and amounts only."""

from dataclasses import dataclass
from typing import ClassVar


@dataclass(frozen=True, kw_only=True, slots=True)
class Event:
    """Something that happened. `shard` (business and aggregate) says which events keep their order."""

    name: ClassVar[str]
    version: ClassVar[int]

    business_id: int
    store_id: int | None
    shard: str
