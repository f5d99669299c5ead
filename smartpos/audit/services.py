"""Writing the log: always inside the transaction of the act itself."""

import hashlib
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any, Protocol

import msgspec

from smartpos.audit.actions import redacted
from smartpos.audit.models import Entry, OfficeChain
from smartpos.context import current
from smartpos.db.rows import insert_row

_canonical = msgspec.json.Encoder(order="sorted")

Data = Mapping[str, Any]


class Head(Protocol):
    """Where a chain stands; whoever holds the row's lock moves it on."""

    chain_length: int
    chain_hash: str


def canonical(data: Data) -> str:
    """The text that is hashed and stored: sorted keys, no blanks. Amounts come as strings."""
    return _canonical.encode(data).decode()


def digest(previous: str, *parts: str | int | None) -> str:
    """The hash of an entry: every column in order, length-prefixed so that no two rows share a text."""
    text = "".join(f"{len(str(part))}:{part};" for part in parts)
    return hashlib.sha256(f"{previous}{text}".encode()).hexdigest()


def moment(at: datetime) -> str:
    """A time as it is hashed: UTC with microseconds, the same from both databases."""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def append(head: Head, chain: str, *, action: str, subject: str, data: Data, at: datetime) -> None:
    """Add an entry behind a locked head and move the head on; the caller saves it with its own row. Secrets are left out."""
    act = current()
    text = canonical(redacted(data))
    position = head.chain_length + 1
    row: dict[str, Any] = {
        "business_id": act.business_id,
        "store_id": act.store_id,
        "chain": chain,
        "position": position,
        "at": at,
        "actor_id": act.actor_id,
        "device_id": act.device_id,
        "address": act.address,
        "action": action,
        "subject": subject,
        "data": text,
    }
    hashed = digest(
        head.chain_hash, act.business_id, act.store_id, chain, position, moment(at),
        act.actor_id, act.device_id, act.address, action, subject, text,
    )  # fmt: skip
    insert_row(Entry, **row, hash=hashed)
    head.chain_length, head.chain_hash = position, hashed


def record(action: str, *, subject: str, data: Data, at: datetime) -> None:
    """Log an office act in its business's chain. Must run inside a transaction; the chain's row is locked until commit."""
    business = current().business_id
    if business is None:
        raise LookupError("an office act needs a business in the current act")
    OfficeChain.objects.bulk_create([OfficeChain(business_id=business)], ignore_conflicts=True)
    head = OfficeChain.objects.select_for_update().get(business_id=business)
    append(head, f"office:{business}", action=action, subject=subject, data=data, at=at)
    head.save(update_fields=["chain_length", "chain_hash"])
