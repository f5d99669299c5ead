"""Sealing what must be read again (a second factor's secret) but not by whoever steals the database."""

import base64
from functools import cache

from cryptography.fernet import Fernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings


@cache
def _box(key: str, purpose: str) -> Fernet:
    derived = HKDF(algorithm=SHA256(), length=32, salt=None, info=f"seal:{purpose}".encode()).derive(key.encode())
    return Fernet(base64.urlsafe_b64encode(derived))


def seal(purpose: str, text: str) -> bytes:
    """Encrypt under the server's key, which is not in the database; the purpose keeps one column's text out of another."""
    return _box(settings.PIN_KEY, purpose).encrypt(text.encode())


def unseal(purpose: str, sealed: bytes) -> str:
    """The text again; raises `cryptography.fernet.InvalidToken` for what was not sealed here for this purpose."""
    return _box(settings.PIN_KEY, purpose).decrypt(bytes(sealed)).decode()
