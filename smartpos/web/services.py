"""Saved views: a person's own, so nothing of it is audited."""

from django.utils.translation import gettext as _

from smartpos.db.locks import write_transaction
from smartpos.errors import DomainError
from smartpos.people.models import Employee
from smartpos.web.models import SavedView

MOST, LONGEST = 20, 40


def save_view(*, by: Employee, code: str, name: str, query: str, is_default: bool) -> SavedView:
    """Keep a list as it stands; the same name again replaces what it meant."""
    name = " ".join(name.split())
    if not name or len(name) > LONGEST:
        raise DomainError(_("Give the view a name of at most 40 letters."), field="name")
    with write_transaction():
        mine = SavedView.objects.filter(employee=by, code=code)
        if mine.exclude(name=name).count() >= MOST:
            raise DomainError(_("There are %(most)s views already. Delete one first.") % {"most": MOST}, field="name")
        if is_default:
            mine.filter(is_default=True).exclude(name=name).update(is_default=False)
        view: SavedView
        view, _made = SavedView.objects.update_or_create(
            business=by.business, employee=by, code=code, name=name, defaults={"query": query, "is_default": is_default}
        )
    return view


def delete_view(view: SavedView) -> None:
    """Forget a view."""
    with write_transaction():
        view.delete()
