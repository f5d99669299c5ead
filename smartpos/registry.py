"""What apps tell the kernel: each installed app may have a `declarations` module, loaded once at start."""

from importlib import import_module
from importlib.util import find_spec

from django.apps import apps


def load_declarations() -> None:
    """Import `declarations` of every installed app, lowest first; called when all models are loaded."""
    for config in apps.get_app_configs():
        name = f"{config.name}.declarations"
        if find_spec(name) is not None:
            import_module(name)
