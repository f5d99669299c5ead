"""Categories."""

from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from inventory.hooks import categories_changed
from inventory.models import COLOURS, Category
from smartpos.audit.services import record
from smartpos.db.locks import write_transaction
from smartpos.errors import DomainError
from smartpos.people.models import Employee


def create_category(*, by: Employee, name: str, colour: str, position: int = 0, at: datetime) -> Category:
    """Add a category."""
    category = Category(business_id=by.business_id, position=position)
    return _put(category, name=name, colour=colour, action="category.created", at=at)


def update_category(category: Category, *, by: Employee, name: str, colour: str, position: int, at: datetime) -> Category:
    """Rename, recolour or move a category."""
    category.position = position
    return _put(category, name=name, colour=colour, action="category.changed", at=at)


def _put(category: Category, *, name: str, colour: str, action: str, at: datetime) -> Category:
    name = " ".join(name.split())
    if not name or len(name) > 60:
        raise DomainError(_("Give a name of at most 60 letters."), field="name")
    if colour not in COLOURS:
        raise DomainError(_("Choose one of the colours."), field="colour")
    category.name, category.colour = name, colour
    with write_transaction():
        try:
            with transaction.atomic():
                category.save()
        except IntegrityError as error:
            raise DomainError(_("There is a category with this name already."), field="name") from error
        record(action, subject=f"category:{category.uuid}", data={"name": name, "colour": colour}, at=at)
        categories_changed([category])
    return category
