"""The body of `checklist.tick` (docs/terminal-protocol.md, 5.17)."""

from uuid import UUID

import msgspec


class ChecklistTick(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`checklist.tick`: a task is done, or the tick is taken back. Its period is the one of the act's business day."""

    task: UUID
    done: bool
