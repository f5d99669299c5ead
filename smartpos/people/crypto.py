"""Keyed hashes for what a database thief must not be able to use.

A four-digit PIN falls to any stored hash in an hour; only a key that is not in the database helps (docs/security.md).
"""

import hashlib
import hmac
import secrets

from django.conf import settings

# No 0/O, 1/I/L: codes are read aloud and typed.
CODE_LETTERS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"


def keyed(purpose: str, *parts: str) -> bytes:
    """HMAC-SHA-256 under the server's key; the purpose keeps a PIN's hash from serving as a token's."""
    text = "\x1f".join((purpose, *parts))
    return hmac.digest(settings.PIN_KEY.encode(), text.encode(), hashlib.sha256)


def new_token() -> str:
    """A device token: 256 bits."""
    return secrets.token_urlsafe(32)


def new_code() -> str:
    """An enrolment code of eight letters, `K7M2-9QXD`: 39 bits, good once and for minutes, tries counted."""
    letters = "".join(secrets.choice(CODE_LETTERS) for _ in range(8))
    return f"{letters[:4]}-{letters[4:]}"


def plain_code(typed: str) -> str:
    """A typed code without its dash, blanks and case."""
    return "".join(letter for letter in typed.upper() if letter in CODE_LETTERS)
