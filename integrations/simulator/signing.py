"""How the simulator signs what it sends: HMAC-SHA256 over the time and the raw body, as several real gateways do."""

import hashlib
import hmac
from collections.abc import Mapping
from datetime import datetime

import msgspec
from django.utils.translation import gettext as _

from integrations.kit import BadMessage, Credentials, Message

HEADER = "Simulator-Signature"
TOLERANCE = 300


class Body(msgspec.Struct, frozen=True):
    """What it sends. The amount is not believed: the session is asked."""

    id: str
    type: str
    session: str


def sign(secret: str, raw: bytes, *, at: datetime) -> str:
    """The header of a message."""
    stamp = int(at.timestamp())
    return f"t={stamp},v1={_digest(secret, stamp, raw)}"


def _digest(secret: str, stamp: int, raw: bytes) -> str:
    return hmac.new(secret.encode(), f"{stamp}.".encode() + raw, hashlib.sha256).hexdigest()


def read(credentials: Credentials, raw: bytes, headers: Mapping[str, str], at: datetime) -> Message:
    """Check and read a message; BadMessage for whatever is not the simulator's, or was sent more than five minutes ago."""
    parts = dict(part.partition("=")[::2] for part in headers.get(HEADER, "").split(","))
    stamp = parts.get("t", "")
    if not (stamp.isascii() and stamp.isdigit() and len(stamp) < 12):
        raise BadMessage(_("The message is not signed."))
    if not hmac.compare_digest(_digest(str(credentials["secret"]), int(stamp), raw).encode(), parts.get("v1", "").encode()):
        raise BadMessage(_("The signature is wrong."))
    if abs(at.timestamp() - int(stamp)) > TOLERANCE:
        raise BadMessage(_("The message is too old."))
    try:
        body = msgspec.json.decode(raw, type=Body)
    except msgspec.DecodeError as error:
        raise BadMessage(_("The message cannot be read.")) from error
    return Message(body.id[:120], body.session[:120])
