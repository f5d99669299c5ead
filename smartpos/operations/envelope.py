"""The shape of an operation and of its answer (docs/terminal-protocol.md, 5)."""

import hashlib
import json
import re
from datetime import date, datetime
from typing import Annotated, Any, Literal
from uuid import UUID

import msgspec

MAX_OPERATIONS = 50
MAX_BYTES = 2 * 1024 * 1024
MAX_COUNT = 2**53 - 1

Count = Annotated[int, msgspec.Meta(ge=1, le=MAX_COUNT)]
KindName = Annotated[str, msgspec.Meta(pattern="^[a-z][a-z0-9_.]{0,39}$")]
Code = Annotated[str, msgspec.Meta(min_length=1, max_length=60)]
Words = Annotated[str, msgspec.Meta(max_length=200)]
State = Literal["done", "done-late", "review", "refused"]


class Approval(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Somebody with the right said yes, at the till: why, and to what."""

    by: UUID
    code: Code
    offline: bool = False
    reason: Words = ""
    amounts: Annotated[dict[str, Words], msgspec.Meta(max_length=20)] = {}


class Operation(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One act of a device."""

    v: Annotated[int, msgspec.Meta(ge=1, le=32_000)]
    id: UUID
    seq: Count
    kind: KindName
    at: Annotated[datetime, msgspec.Meta(tz=True)]
    business_date: date
    actor: UUID
    cursor: Annotated[int, msgspec.Meta(ge=0, le=MAX_COUNT)]
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
    """The least that an unreadable operation must have to be kept for review; the rest may be anything."""

    id: UUID
    seq: Any = 0
    kind: Any = ""


decode_request = msgspec.json.Decoder(Request).decode
decode_operation = msgspec.json.Decoder(Operation).decode
decode_identity = msgspec.json.Decoder(Identity).decode
decode_answer = msgspec.json.Decoder(Answer).decode
encode = msgspec.json.Encoder().encode
# Escapes that may stand for what is no character: zero, and halves of pairs (whole pairs are mended to themselves).
_DIRTY = re.compile(rb"\\u(?:0000|[dD][89a-fA-F])")
_plain = msgspec.json.Decoder().decode
_sorted = msgspec.json.Encoder(order="sorted").encode


def read_request(body: bytes) -> Request:
    """The operations of a request. Text that no column can keep (half an emoji, a zero character, bytes that are no UTF-8)
    is mended before, so that it stops neither its own sale nor the queue behind it. ValueError when it is no request.
    """
    try:
        if _is_clean(body):
            return decode_request(body)
        return decode_request(encode(_mended(json.loads(body.decode("utf-8", "replace")))))
    except RecursionError as error:
        raise ValueError("nested too deeply") from error


def _is_clean(body: bytes) -> bool:
    """Whether every text can be kept. A false alarm (a backslash written out before such a code) only costs time."""
    try:
        body.decode()
    except UnicodeDecodeError:
        return False
    return not _DIRTY.search(body)


def _mended(value: Any) -> Any:
    if isinstance(value, str):
        return value.replace("\x00", "").encode("utf-8", "replace").decode()
    if isinstance(value, dict):
        return {_mended(key): _mended(part) for key, part in value.items()}
    return [_mended(part) for part in value] if isinstance(value, list) else value


def without_body(raw: bytes) -> bytes:
    """The operation without what it is about."""
    try:
        known = _plain(raw)
    except ValueError:
        known = None
    return encode({**known, "body": None} if isinstance(known, dict) else None)


def fingerprint(raw: bytes) -> bytes:
    """What tells two contents under one id apart: SHA-256 of the operation with its keys sorted and blanks gone."""
    try:
        text = _sorted(_plain(raw))
    except ValueError:  # a number beyond all numbers
        text = raw
    return hashlib.sha256(text).digest()
