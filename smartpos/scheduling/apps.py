from django.apps import AppConfig


class SchedulingConfig(AppConfig):
    name = "smartpos.scheduling"
    label = "scheduling"
