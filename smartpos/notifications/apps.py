from django.apps import AppConfig


class NotificationsConfig(AppConfig):
    name = "smartpos.notifications"
    label = "notifications"
