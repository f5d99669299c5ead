"""Who may listen. Rooms that know sessions or devices register how they recognise a listener."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Listener:
    """Whose events a stream carries; `store_ids` None means every store of the business."""

    business_id: int
    store_ids: frozenset[int] | None
    device_id: int | None = None
    actor_id: int | None = None

    def may_hear(self, business_id: int, store_id: int | None) -> bool:
        """Whether an event of this business and store is for this listener."""
        return business_id == self.business_id and (store_id is None or self.store_ids is None or store_id in self.store_ids)


Authenticate = Callable[[Mapping[str, str]], Listener | None]

_authenticators: list[Authenticate] = []


def authenticator(function: Authenticate) -> Authenticate:
    """Register a function that recognises a listener by cookies, or answers None."""
    if function not in _authenticators:
        _authenticators.append(function)
    return function


def listener_of(cookies: Mapping[str, str]) -> Listener | None:
    """The first that recognises the listener."""
    for function in _authenticators:
        found = function(cookies)
        if found is not None:
            return found
    return None
