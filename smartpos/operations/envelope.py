"""The shape of an operation and of its answer (docs/terminal-protocol.md, 5)."""

import hashlib
from datetime import date, datetime
from typing import Annotated, Any, Literal
from uuid import UUID

import msgspec

MAX_OPERATIONS = 50
MAX_BYTES = 2 * 1024 * 1024

Count = Annotated[int, msgspec.Meta(ge=1, le=2**53 - 1)]
Code = Annotated[str, msgspec.Meta(min_length=1, max_length=60)]
State = Literal["done", "done-late", "review", "refused"]


class Approval(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Somebody with the right said yes, at the till."""

    by: UUID
    code: Code
    offline: bool = False


class Operation(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One act of a device."""

    v: Annotated[int, msgspec.Meta(ge=1, le=32_000)]
    id: UUID
    seq: Count
    kind: Annotated[str, msgspec.Meta(min_length=1, max_length=40)]
    at: Annotated[datetime, msgspec.Meta(tz=True)]
    business_date: date
    actor: UUID
    cursor: Annotated[int, msgspec.Meta(ge=0, le=2**53 - 1)]
    body: msgspec.Raw
    shift: UUID | None = None
    clock_offset_ms: Annotated[int, msgspec.Meta(ge=-(2**45), le=2**45)] = 0
    approvals: Annotated[tuple[Approval, ...], msgspec.Meta(max_length=20)] = ()
    needs: Annotated[tuple[UUID, ...], msgspec.Meta(max_length=20)] = ()


class Mark(msgspec.Struct, frozen=True, omit_defaults=True):
    """Something a manager should see."""

    code: str
    line: str = ""
    listed: str = ""
    permission: str = ""
    business_date: str = ""
    number: int = 0
    seconds: int = 0
    detail: str = ""


class Fault(msgspec.Struct, frozen=True):
    """Why an operation was refused."""

    code: str
    message: str


class Answer(msgspec.Struct, frozen=True, omit_defaults=True):
    """What became of an operation. The same id gets the same answer for ever."""

    id: UUID
    state: State
    result: dict[str, Any] | None
    marks: tuple[Mark, ...]
    error: Fault | None = None


class Request(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What `POST /pos/operations` takes; each operation stays text until it is its turn."""

    operations: Annotated[list[msgspec.Raw], msgspec.Meta(min_length=1, max_length=MAX_OPERATIONS)]


class Response(msgspec.Struct, frozen=True):
    """What it answers, in the order sent."""

    server_time: datetime
    answers: list[Answer]


class Identity(msgspec.Struct, frozen=True):
    """The least that an unreadable operation must have to be kept for review."""

    id: UUID
    seq: int = 0
    kind: str = ""


decode_request = msgspec.json.Decoder(Request).decode
decode_operation = msgspec.json.Decoder(Operation).decode
decode_identity = msgspec.json.Decoder(Identity).decode
decode_answer = msgspec.json.Decoder(Answer).decode
encode = msgspec.json.Encoder().encode
_plain = msgspec.json.Decoder().decode
_sorted = msgspec.json.Encoder(order="sorted").encode


def fingerprint(raw: bytes | memoryview) -> bytes:
    """What tells two contents under one id apart: SHA-256 of the operation with its keys sorted and blanks gone."""
    return hashlib.sha256(_sorted(_plain(raw))).digest()
