from django.apps import AppConfig


class ImportsConfig(AppConfig):
    name = "smartpos.imports"
    label = "imports"
