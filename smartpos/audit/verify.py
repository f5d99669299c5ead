"""Reading the chains again: every hash, every position, and that no chain is missing its tail."""

import logging
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.apps import apps

from smartpos.audit.models import GENESIS, ChainCheck, ChainHead, Entry
from smartpos.audit.services import digest, moment

logger = logging.getLogger(__name__)
SHOWN = 20


def check(business_id: int, *, at: datetime) -> ChainCheck:
    """Read a business's chains and write down what was found."""
    found = list(faults(business_id))
    if found:
        logger.error("the audit log of business %s is broken in %s places, first: %s", business_id, len(found), found[0])
    entries = Entry.objects.filter(business_id=business_id).count()
    values = {"at": at, "entries": entries, "breaks": len(found), "report": "\n".join(found[:SHOWN])}
    row, _created = ChainCheck.objects.update_or_create(business_id=business_id, defaults=values)
    return row


def expected_heads(business_id: int | None = None) -> dict[str, tuple[int, str]]:
    """Length and hash that each chain must end with, from every table that carries a head."""
    own: dict[str, Any] = {} if business_id is None else {"business_id": business_id}
    heads: dict[str, tuple[int, str]] = {}
    for model in apps.get_models():
        if issubclass(model, ChainHead):
            for head in model._base_manager.filter(**own).iterator():
                heads[str(head)] = (head.chain_length, head.chain_hash)
    return heads


def faults(business_id: int | None = None) -> Iterator[str]:
    """One sentence per break, of one business or of all; nothing when the chains are whole. Constant memory, one pass."""
    heads = expected_heads(business_id)
    own: dict[str, Any] = {} if business_id is None else {"business_id": business_id}
    chain, position, previous = "", 0, GENESIS
    ends: dict[str, tuple[int, str]] = {}
    for entry in Entry.objects.filter(**own).order_by("chain", "position").iterator(chunk_size=2000):
        if entry.chain != chain:
            chain, position, previous = entry.chain, 0, GENESIS
        if entry.position != position + 1:
            yield f"{chain}: entry {position + 1} is missing (found {entry.position})"
        hashed = digest(
            previous, entry.business_id, entry.store_id, entry.chain, entry.position, moment(entry.at),
            entry.actor_id, entry.device_id, entry.address, entry.action, entry.subject, entry.data,
        )  # fmt: skip
        if hashed != entry.hash:
            yield f"{chain}: entry {entry.position} was altered"
        position, previous = entry.position, entry.hash
        ends[chain] = (position, previous)
    for name, head in heads.items():
        if ends.get(name, (0, GENESIS)) != head:
            yield f"{name}: ends at {ends.get(name, (0, GENESIS))[0]}, its head says {head[0]}"
    for name in ends.keys() - heads.keys():
        yield f"{name}: has entries and no head"
