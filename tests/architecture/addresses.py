"""Every URL of the product."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver


@dataclass(frozen=True)
class Address:
    """A URL pattern: its path with parameters, its name, its view, and the parameters with their converters."""

    path: str
    name: str
    view: Callable[..., Any]
    parameters: tuple[tuple[str, str], ...]

    @property
    def guard(self) -> str:
        """`office: code`, `public: reason`, `till`, or nothing."""
        return str(getattr(self.view, "guard", ""))


@cache
def addresses() -> tuple[Address, ...]:
    """All of them, in order."""
    return tuple(_walk(get_resolver().url_patterns, "/", ()))


def _walk(patterns: Any, prefix: str, parameters: tuple[tuple[str, str], ...]) -> Iterator[Address]:
    for pattern in patterns:
        here = (*parameters, *((name, type(c).__name__) for name, c in pattern.pattern.converters.items()))
        path = prefix + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from _walk(pattern.url_patterns, path, here)
        elif isinstance(pattern, URLPattern):
            yield Address(path, pattern.name or "", pattern.callback, here)
