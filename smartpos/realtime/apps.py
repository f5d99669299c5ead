from django.apps import AppConfig


class RealtimeConfig(AppConfig):
    name = "smartpos.realtime"
    label = "realtime"
