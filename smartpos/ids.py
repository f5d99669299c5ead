"""UUIDv7: ids that a till can make alone and that sort by time (RFC 9562, section 5.7)."""

import secrets
import time
import uuid

_VERSION_7 = 0x7 << 76
_VARIANT = 0b10 << 62


def uuid7(at_ms: int | None = None) -> uuid.UUID:
    """A new id; `at_ms` (Unix milliseconds) is now unless given."""
    moment = time.time_ns() // 1_000_000 if at_ms is None else at_ms
    random = secrets.randbits(74)
    return uuid.UUID(int=(moment & (1 << 48) - 1) << 80 | _VERSION_7 | (random >> 62) << 64 | _VARIANT | random & (1 << 62) - 1)
