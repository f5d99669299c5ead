from django.apps import AppConfig


class AuditConfig(AppConfig):
    name = "smartpos.audit"
    label = "audit"
    verbose_name = "Audit log"
