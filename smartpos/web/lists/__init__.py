"""The list of the Backoffice: declared once; search, filters, order, pages, columns, views, export and bulk acts come with it.

`docs/office.md` has an example.
"""

from smartpos.web.lists.columns import Column
from smartpos.web.lists.declared import Bulk, Empty, Link, OfficeList
from smartpos.web.lists.filters import Choice, Dates, Search
from smartpos.web.lists.links import own_page
from smartpos.web.lists.show import show

__all__ = ["Bulk", "Choice", "Column", "Dates", "Empty", "Link", "OfficeList", "Search", "own_page", "show"]
