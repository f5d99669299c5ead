from django.apps import AppConfig


class OutboxConfig(AppConfig):
    name = "smartpos.outbox"
    label = "outbox"
    verbose_name = "Outbox"
