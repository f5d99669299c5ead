from django.apps import AppConfig


class PeopleConfig(AppConfig):
    """Loads every app's declarations: people is the first app whose models all others may point at."""

    name = "smartpos.people"
    label = "people"
    verbose_name = "People and places"
