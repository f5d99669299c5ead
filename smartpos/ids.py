"""UUIDv7: ids that a till can make alone and that sort by time (RFC 9562, section 5.7)."""

import hashlib
import secrets
import time
import uuid

_VERSION_7 = 0x7 << 76
_VARIANT = 0b10 << 62


def uuid7(at_ms: int | None = None) -> uuid.UUID:
    """A new id; `at_ms` (Unix milliseconds) is now unless given."""
    moment = time.time_ns() // 1_000_000 if at_ms is None else at_ms
    return _made(moment, secrets.randbits(74))


def uuid7_of(at_ms: int, *parts: str) -> uuid.UUID:
    """The id of something that must get the same one whoever names it, and however often: its moment, and a digest of parts."""
    digest = hashlib.sha256("\x1f".join(parts).encode()).digest()
    return _made(at_ms, int.from_bytes(digest[:10], "big") & (1 << 74) - 1)


def _made(moment: int, random: int) -> uuid.UUID:
    return uuid.UUID(int=(moment & (1 << 48) - 1) << 80 | _VERSION_7 | (random >> 62) << 64 | _VARIANT | random & (1 << 62) - 1)
