"""The one exception of the pricing engine."""

from smartpos.errors import DomainError


class PricingError(DomainError):
    """A cart, refund, split or payment that the rules refuse.

    `code` is stable and names a message; `params` are plain strings for that message (docs/pricing.md lists both).
    """

    def __init__(self, code: str, **params: str) -> None:
        super().__init__(code=code, **params)

    def __str__(self) -> str:
        """The code and its parameters, for logs."""
        details = ", ".join(f"{name}={value}" for name, value in self.params.items())
        return f"{self.code} ({details})" if details else self.code
