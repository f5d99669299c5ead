from django.apps import AppConfig


class TaxesConfig(AppConfig):
    name = "smartpos.taxes"
    label = "taxes"
    verbose_name = "Taxes"
