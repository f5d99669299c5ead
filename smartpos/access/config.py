"""Settings and rights of a business in the process's memory, never older than one request.

The version row is read once per request (and every time outside one); its name tells whether what the process remembers is in
force. A name is never given twice, so neither another process nor a rolled-back transaction can make an old state look new.
"""

import threading
from collections.abc import Mapping
from contextvars import ContextVar
from dataclasses import dataclass, field
from uuid import UUID

from smartpos.access.models import AccessVersion, RoleRight, SettingValue
from smartpos.context import current
from smartpos.people.models import Business, Store

MAX_BUSINESSES = 256
Place = tuple[str, int | None, int | None]


@dataclass(frozen=True, slots=True)
class Config:
    """What a business changed: texts by code, store and device; rights by role and code. And what its stores are paid in."""

    state: UUID | None = None
    values: Mapping[Place, str] = field(default_factory=dict)
    rights: Mapping[tuple[str, str], bool] = field(default_factory=dict)
    currencies: Mapping[int | None, str] = field(default_factory=dict)


NOTHING = Config()
_known: dict[int, Config] = {}
_lock = threading.Lock()
# Which state the request going on works with: request id, business, configuration.
_seen: ContextVar[tuple[str, int, Config]] = ContextVar("smartpos_access", default=("", 0, NOTHING))


def config_of(business_id: int) -> Config:
    """The configuration in force; one and the same throughout a request."""
    request_id = current().request_id
    seen_request, seen_business, config = _seen.get()
    if request_id and seen_request == request_id and seen_business == business_id:
        return config
    config = _in_force(business_id)
    if request_id:
        _seen.set((request_id, business_id, config))
    return config


def forget_request() -> None:
    """Look again: this request itself changed something."""
    _seen.set(("", 0, NOTHING))


def _in_force(business_id: int) -> Config:
    state = AccessVersion.everywhere.filter(business_id=business_id).values_list("state", flat=True).first()
    if state is None:
        return NOTHING
    known = _known.get(business_id)
    if known is None or known.state != state:
        known = _read(business_id, state)
        _remember(business_id, known)
    return known


def _read(business_id: int, state: UUID) -> Config:
    """The rows may be newer than the name, never older: the next request then reads them again."""
    rows = SettingValue.everywhere.filter(business_id=business_id).values_list("code", "store_id", "device_id", "value")
    rights = RoleRight.everywhere.filter(business_id=business_id).values_list("role", "code", "granted")
    stores = Store.everywhere.filter(business_id=business_id).order_by("-pk").values_list("pk", "currency")
    main = Business.objects.filter(pk=business_id).values_list("currency", flat=True).first()
    return Config(
        state,
        {(code, store, device): value for code, store, device, value in rows},
        {(role, code): granted for role, code, granted in rights},
        {**dict(stores), None: main or ""},
    )


def _remember(business_id: int, config: Config) -> None:
    with _lock:
        if len(_known) >= MAX_BUSINESSES and business_id not in _known:
            _known.pop(next(iter(_known)))
        _known[business_id] = config
