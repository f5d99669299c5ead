from django.apps import AppConfig
from django.db.models.signals import post_migrate


class InventoryConfig(AppConfig):
    name = "inventory"
    verbose_name = "Inventory"

    def ready(self) -> None:
        from inventory.search_index import after_migrate  # noqa: PLC0415 - models come first

        post_migrate.connect(after_migrate, sender=self)
