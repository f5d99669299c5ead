"""Pages that make one thing, change it, and take it off and back: what they have in common."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from smartpos.errors import Conflict
from smartpos.people.models import Store
from smartpos.web.forms import OfficeForm
from smartpos.web.pages import OfficeRequest, render, say

T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Editing:
    """Where a kind of thing lives: names of addresses, and words.

    `home` is the list it stands in, `one` its own page, `edit` its form. `template` extends `pos/manage/form.html`.
    """

    template: str
    new: str | Promise
    home: str
    listed: str | Promise
    one: str
    edit: str

    def saved(self, request: OfficeRequest, form: OfficeForm, save: Callable[[], Any]) -> HttpResponse | None:
        """On to the thing's page once it is saved; None where the form must be shown again."""
        thing = form.attempt(save)
        if thing is None:
            return None
        say(request, _("%(name)s is saved.") % {"name": thing.name})
        return redirect(self.one, thing.uuid)

    def page(self, request: OfficeRequest, form: OfficeForm, thing: Any, **more: Any) -> HttpResponse:
        """The form."""
        context = {"editing": self, "form": form, "thing": thing, "changed": form.refused == Conflict.status, **more}
        return render(request, self.template, context, status=form.status)

    def archived(self, request: OfficeRequest, thing: Any, sentence: str, *, restore: str) -> HttpResponse:
        """Say that it was taken off, and offer the way back."""
        say(request, sentence, undo=reverse(restore, args=[thing.uuid]))
        return redirect(self.one, thing.uuid)

    def restored(self, request: OfficeRequest, thing: Any) -> HttpResponse:
        """Say that it is back."""
        say(request, _("%(name)s is back.") % {"name": thing.name})
        return redirect(self.one, thing.uuid)


def there(thing: T | None) -> T:
    """The thing; 404 where there is none."""
    if thing is None:
        raise Http404
    return thing


def stores_for(request: OfficeRequest, thing: Any) -> list[Store]:
    """The open stores of this person, and those where the thing holds already."""
    kept = {link.store_id for link in thing.store_links.all()} if thing else set()
    return [store for store in request.stores if store.active or store.pk in kept]
