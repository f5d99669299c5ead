"""One change of settings or rights after the other, each with a name of its own."""

from collections.abc import Iterator
from contextlib import contextmanager

from smartpos.access.config import forget_request
from smartpos.access.models import AccessVersion
from smartpos.db.locks import write_transaction
from smartpos.ids import uuid7


@contextmanager
def changing(business_id: int) -> Iterator[None]:
    """Inside, the caller writes; at the end, before commit, what is in force gets a new name.

    The name comes last: whoever asks in between, this request itself included, remembers under the old one what was under it.
    """
    with write_transaction():
        AccessVersion.objects.bulk_create([AccessVersion(business_id=business_id)], ignore_conflicts=True)
        row = AccessVersion.objects.select_for_update().get(business_id=business_id)
        forget_request()
        yield
        row.state = uuid7()
        row.save(update_fields=["state"])
        forget_request()
