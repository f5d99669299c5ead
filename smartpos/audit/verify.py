"""Reading the chains again: every hash, every position, and that no chain is missing its tail."""

from collections.abc import Iterator

from django.apps import apps

from smartpos.audit.models import GENESIS, ChainHead, Entry
from smartpos.audit.services import digest, moment


def expected_heads() -> dict[str, tuple[int, str]]:
    """Length and hash that each chain must end with, from every table that carries a head."""
    heads: dict[str, tuple[int, str]] = {}
    for model in apps.get_models():
        if issubclass(model, ChainHead):
            for head in model._base_manager.all().iterator():
                heads[str(head)] = (head.chain_length, head.chain_hash)
    return heads


def faults() -> Iterator[str]:
    """One sentence per break; nothing when all chains are whole. Constant memory, one pass."""
    heads = expected_heads()
    chain, position, previous = "", 0, GENESIS
    ends: dict[str, tuple[int, str]] = {}
    for entry in Entry.objects.order_by("chain", "position").iterator(chunk_size=2000):
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
