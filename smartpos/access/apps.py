from django.apps import AppConfig


class AccessConfig(AppConfig):
    name = "smartpos.access"
    label = "access"
    verbose_name = "Access"
