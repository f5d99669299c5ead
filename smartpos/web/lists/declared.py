"""What an app says of a list."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise

from smartpos.web.lists.columns import Column
from smartpos.web.lists.filters import Filter
from smartpos.web.pages import OfficeRequest

PAGE = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """A button in the page's head: `url` is the name of an address; who lacks the permission does not see it."""

    url: str
    label: str | Promise
    icon: str
    permission: str
    primary: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Empty:
    """What stands where nothing is yet: what it is, how to fill it, one button; `also` is another way, for whoever has it."""

    picture: str
    title: str | Promise
    sentence: str | Promise
    url: str = ""
    button: str | Promise = ""
    permission: str = ""
    also: Link | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Bulk:
    """An act on the chosen rows. `act` gets the request and the rows, and answers the sentence for the toast.

    With `question` the act asks first. It is a service's call per row or for all; what the service refuses is shown.
    With `url` (the name of an address) a page of its own goes on instead: it is posted the `act` and the chosen `row`s.
    """

    code: str
    label: str | Promise
    icon: str
    permission: str
    act: Callable[[OfficeRequest, list[Any]], str] | None = None
    url: str = ""
    question: str | Promise = ""
    danger: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class OfficeList:
    """A list. `code` names it for saved views and the audit log; `key` is the field that names a row in addresses.

    `order` is the code of a column, with a minus for downwards. `store` is the path to the store: rows outside the shown
    stores do not appear. `address` leads to a row's own page. `export` is the permission to take the rows away as a file,
    which has the columns `always` also where nobody chose them for the page. `above` is a fragment between filters and rows,
    fed by the view. `back` is the name and label of the page that this list hangs from. A `counted` list says how many rows
    there are: for things that a shop has thousands of, not for ledgers.
    """

    code: str
    title: str | Promise
    columns: Sequence[Column]
    order: str
    empty: Empty
    filters: Sequence[Filter] = ()
    store: str = ""
    key: str = "uuid"
    address: Callable[[Any], str] | None = None
    back: tuple[str, str | Promise] | None = None
    links: Sequence[Link] = ()
    bulk: Sequence[Bulk] = ()
    export: str = ""
    always: Sequence[str] = ()
    above: str = ""
    page: int = PAGE
    counted: bool = False

    def column(self, code: str) -> Column | None:
        """The column of that code."""
        return next((column for column in self.columns if column.code == code), None)
