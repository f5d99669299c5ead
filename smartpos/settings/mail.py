"""How mail leaves: a server named by `SMARTPOS_MAIL_URL`, or a folder."""

from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from smartpos.env import SettingError

TIMEOUT_S = 15
SUBMISSION, PLAIN, TLS = 587, 25, 465


def mail_settings(url: str, folder: Path) -> dict[str, Any]:
    """Django's settings for an address; a password is never sent over a line that is not encrypted."""
    if not url:
        return {"EMAIL_BACKEND": "django.core.mail.backends.filebased.EmailBackend", "EMAIL_FILE_PATH": folder}
    parts = urlsplit(url)
    try:
        port = parts.port
    except ValueError:
        port = 0
    if not parts.hostname or port == 0:
        raise SettingError("SMARTPOS_MAIL_URL", f"{parts.scheme}:…", "smtp://user:password@host:587 or smtps://…")
    tls = parts.scheme == "smtps"
    port = port or (TLS if tls else SUBMISSION if parts.username else PLAIN)
    return {
        "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "EMAIL_HOST": parts.hostname,
        "EMAIL_PORT": port,
        "EMAIL_HOST_USER": unquote(parts.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(parts.password or ""),
        "EMAIL_USE_SSL": tls,
        "EMAIL_USE_TLS": not tls and (bool(parts.username) or port == SUBMISSION),
        "EMAIL_TIMEOUT": TIMEOUT_S,
    }
