from django.apps import AppConfig

from smartpos.registry import load_declarations


class WebConfig(AppConfig):
    """The highest room of the kernel: once it is ready, every app's declarations are read."""

    name = "smartpos.web"
    label = "web"

    def ready(self) -> None:
        load_declarations()
