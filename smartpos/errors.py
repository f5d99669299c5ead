"""What can go wrong in the shop's own terms."""

from typing import Any

# In the environment of a request whose body was past the limit: the server read none of it.
TOO_LARGE = "smartpos.too_large"


class DomainError(Exception):
    """A rule of the shop said no. `code` is stable and for programs; the message is for the person at the till.

    `status` is the HTTP answer a view gives; `field` names the form field beside which the message belongs.
    """

    code = "refused"
    status = 422

    def __init__(self, message: str = "", *, code: str = "", field: str = "", **params: Any) -> None:
        super().__init__(message)
        self.message = message
        self.code = code or self.code
        self.field = field
        self.params = params


class NotAllowed(DomainError):
    """The actor lacks the permission."""

    code = "not_allowed"
    status = 403


class NotFound(DomainError):
    """No such thing in this business or store; another tenant's thing looks the same."""

    code = "not_found"
    status = 404


class Conflict(DomainError):
    """Somebody else changed it first, or the same id came with another content."""

    code = "conflict"
    status = 409


class TooManyTries(DomainError):
    """Locked out for a while; `params["seconds"]` says how long."""

    code = "too_many_tries"
    status = 429
