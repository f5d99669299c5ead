"""Numbers of documents that no till made."""

from django.db import models

from smartpos.people.scope import Tenant


class ServerSeries(Tenant):
    """A store's own series: taken under the row's lock in the transaction that writes the document, so without holes."""

    store = models.OneToOneField("people.Store", on_delete=models.PROTECT, related_name="+")
    series = models.CharField(max_length=16)
    last_number = models.BigIntegerField(default=0)

    class Meta(Tenant.Meta):
        constraints = [models.UniqueConstraint(fields=["business", "series"], name="server_series_once_per_business")]

    def __str__(self) -> str:
        return f"{self.series}-{self.last_number}"
