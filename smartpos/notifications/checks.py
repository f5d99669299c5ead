"""What of the page of notifications must go together."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from smartpos.errors import DomainError


def check_page(values: Mapping[str, Any]) -> None:
    """A digest that is wanted has somebody to go to."""
    if values["notify.digest"] != "none" and not values["notify.digest_to"]:
        raise DomainError(_("Write to whom the digest goes."), field="notify.digest_to")
