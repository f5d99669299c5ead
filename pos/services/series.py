"""The store's own numbers, for documents that no till made."""

from pos.models import ServerSeries
from smartpos.db.locks import serialise
from smartpos.people.models import Store


def locked_series(store: Store) -> ServerSeries:
    """The store's series, held until the transaction ends; made at its first document."""
    row = ServerSeries.objects.select_for_update().filter(store=store).first()
    if row is not None:
        return row  # type: ignore[no-any-return]
    serialise(f"server series {store.business_id}")
    row = ServerSeries.objects.select_for_update().filter(store=store).first()
    if row is None:
        # No device's series ever reads so: those have letters by the hundred devices.
        series = f"WEB{ServerSeries.objects.count() + 1}"
        row = ServerSeries.objects.create(business_id=store.business_id, store=store, series=series)
    return row  # type: ignore[no-any-return]
