from django.apps import AppConfig


class MediaConfig(AppConfig):
    """Pictures."""

    name = "smartpos.media"
    label = "media"
