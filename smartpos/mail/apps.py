from django.apps import AppConfig


class MailConfig(AppConfig):
    name = "smartpos.mail"
    label = "mail"
