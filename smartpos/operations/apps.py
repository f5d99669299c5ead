from django.apps import AppConfig


class OperationsConfig(AppConfig):
    name = "smartpos.operations"
    label = "operations"
    verbose_name = "Operations"
