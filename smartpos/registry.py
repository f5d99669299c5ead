"""What apps tell the kernel: each installed app may have a `declarations` module, loaded once at start."""

from collections.abc import Callable
from importlib import import_module
from typing import Generic, ParamSpec

from django.apps import apps
from django.utils.module_loading import module_has_submodule

P = ParamSpec("P")


def load_declarations() -> None:
    """Import `declarations` of every installed app, lowest first; called when all models are loaded."""
    for config in apps.get_app_configs():
        if config.module is not None and module_has_submodule(config.module, "declarations"):
            import_module(f"{config.name}.declarations")


class Hook(Generic[P]):
    """A hole that a lower room leaves for higher ones: called in the same transaction, in the order of registration."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.implementations: list[Callable[P, None]] = []

    def implement(self, function: Callable[P, None]) -> Callable[P, None]:
        """Fill the hole; used as a decorator, once per function."""
        if function not in self.implementations:
            self.implementations.append(function)
        return function

    def __call__(self, *args: P.args, **kwargs: P.kwargs) -> None:
        for function in self.implementations:
            function(*args, **kwargs)
