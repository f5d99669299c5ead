"""The store filter of the top bar: one store or all that this person may see, remembered for the session (DSH-10)."""

from smartpos.people.models import Store
from smartpos.web.pages import OfficeRequest

KEY = "shown_store"
ALL = "all"


def shown_store(request: OfficeRequest) -> Store | None:
    """The chosen store; None for all of them. An address may choose (`?store=`), and what it chooses is remembered.

    A store that this person may not see, or no longer may, is no choice.
    """
    known = {str(store.uuid): store for store in request.stores}
    asked = request.GET.get("store", "")
    if asked in known or asked == ALL:
        if request.session.get(KEY, ALL) != asked:
            request.session[KEY] = asked
        return known.get(asked)
    return known.get(str(request.session.get(KEY, ALL)))


def open_stores(request: OfficeRequest) -> list[Store]:
    """What a form lets choose from: the stores that this person may see, without the archived ones."""
    return [store for store in request.stores if store.active]


def clock_of(request: OfficeRequest) -> str:
    """The time zone in which this person reads what belongs to no store."""
    return request.stores[0].time_zone if request.stores else "UTC"


def shown_stores(request: OfficeRequest) -> list[Store]:
    """What a list or a figure of the Backoffice covers: the chosen store, or every store that this person may see."""
    store = shown_store(request)
    return request.stores if store is None else [store]
