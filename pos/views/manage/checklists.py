"""Checklists: the list, the form with its tasks, one list with what was done of it, and everything of a day."""

from datetime import date, timedelta
from itertools import groupby
from typing import Any
from uuid import UUID

from django.http import HttpResponse, HttpResponseBase
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from pos.checklist_periods import label_of
from pos.forms.checklist import ChecklistForm, new_values, values_of
from pos.models import Checklist, ChecklistTask
from pos.selectors import checklists as selector
from pos.services import checklists as service
from pos.views.manage.checklist_lists import CHECKLISTS, places
from pos.views.manage.editing import Editing, stores_for, there
from smartpos.access.guards import office
from smartpos.access.permissions import allowed
from smartpos.access.services.settings import may_change
from smartpos.clock import business_day, now
from smartpos.people.models import Store
from smartpos.web.lists import show
from smartpos.web.pages import OfficeRequest, render
from smartpos.web.stores import open_stores, shown_stores

DAY = timedelta(days=1)
EDITING = Editing(
    template="pos/manage/checklist_form.html", new=gettext_lazy("New checklist"), home="office-checklists",
    listed=gettext_lazy("Checklists"), one="office-checklist", edit="office-checklist-edit",
)  # fmt: skip


@require_http_methods(["GET", "POST"])
@office("checklist.view")
def checklist_list(request: OfficeRequest) -> HttpResponseBase:
    """Every list of the stores that are shown."""
    return show(request, CHECKLISTS, selector.checklists(shown_stores(request)))


@require_http_methods(["GET", "POST"])
@office("checklist.manage")
def checklist_new(request: OfficeRequest) -> HttpResponse:
    """Write one."""
    return _form(request, None)


@require_http_methods(["GET", "POST"])
@office("checklist.manage")
def checklist_edit(request: OfficeRequest, checklist: UUID) -> HttpResponse:
    """Change one."""
    return _form(request, _own(request, checklist))


def _found(request: OfficeRequest, uuid: UUID) -> Checklist:
    return there(selector.checklist_of(uuid, request.stores))


def _own(request: OfficeRequest, uuid: UUID) -> Checklist:
    """One whose stores are all this person's; to whoever sees it only in some of theirs, it is not there to be changed."""
    found = _found(request, uuid)
    return there(found if service.may_manage(found, request.employee) else None)


def _form(request: OfficeRequest, checklist: Checklist | None) -> HttpResponse:
    everywhere = may_change(request.employee, None)
    shared: dict[str, Any] = {"stores": stores_for(request, checklist), "everywhere": everywhere}
    if request.method == "POST":
        form = ChecklistForm(request.POST, **shared)
        if gone := EDITING.saved(request, form, lambda: _save(request, form, checklist)):
            return gone
    elif checklist:
        tasks = ChecklistTask.objects.filter(checklist=checklist, removed_at=None).order_by("position", "pk")
        form = ChecklistForm(initial=values_of(checklist), tasks=list(tasks), **shared)
    else:
        form = ChecklistForm(initial=new_values(everywhere=everywhere), **shared)
    return EDITING.page(request, form, checklist)


def _save(request: OfficeRequest, form: ChecklistForm, checklist: Checklist | None) -> Checklist:
    given, by = form.given(), request.employee
    if checklist is None:
        return service.create_checklist(given, by=by, at=now(), uuid=form.cleaned_data["uuid"])
    return service.update_checklist(checklist, given, version=form.cleaned_data["version"], by=by, at=now())


@require_GET
@office("checklist.view")
def checklist_detail(request: OfficeRequest, checklist: UUID) -> HttpResponse:
    """One list: its tasks, and period by period who ticked what and when."""
    found = _found(request, checklist)
    stores = selector.stores_of(found, shown_stores(request))
    days = {store.pk: _today(store) for store in stores}
    progress = selector.of_checklist(found, stores, days)
    context = {
        "checklist": found, "where": places(found), "several": len(stores) > 1,
        "tasks": ChecklistTask.objects.filter(checklist=found, removed_at=None).order_by("position", "pk"),
        "periods": [(label_of(key), list(of)) for key, of in groupby(progress, key=lambda one: one.period)],
        "may": allowed(request.employee, "checklist.manage") and service.may_manage(found, request.employee),
    }  # fmt: skip
    return render(request, "pos/manage/checklist.html", context)


@require_GET
@office("checklist.view")
def checklist_progress(request: OfficeRequest) -> HttpResponse:
    """How every list stands on a day, store by store; today where no day is named, or none that is one."""
    stores = open_stores(request)
    today = max((_today(store) for store in stores), default=now().date())
    try:
        day = min(date.fromisoformat(request.GET.get("day", "")), today)
    except ValueError:
        day = today
    progress = selector.on_day(stores, day)
    by_store = [(store, [one for one in progress if one.store.pk == store.pk]) for store in stores]
    context = {
        "day": day, "today": today, "before": day - DAY if day > date.min else None, "after": day + DAY if day < today else None,
        "stores": [(store, rows) for store, rows in by_store if rows], "several": len(stores) > 1,
    }  # fmt: skip
    return render(request, "pos/manage/checklist_progress.html", context, fragment="pos/manage/_checklist_progress.html")


def _today(store: Store) -> date:
    return business_day(now(), store.zone, store.cutoff_minutes)


@require_POST
@office("checklist.manage")
def checklist_archive(request: OfficeRequest, checklist: UUID) -> HttpResponse:
    """Take one off the tills; the message offers the way back."""
    found = service.set_archived(_own(request, checklist), archived=True, by=request.employee, at=now())
    sentence = _("%(name)s is archived and stands at no till any more.") % {"name": found.name}
    return EDITING.archived(request, found, sentence, restore="office-checklist-restore")


@require_POST
@office("checklist.manage")
def checklist_restore(request: OfficeRequest, checklist: UUID) -> HttpResponse:
    """Put one back."""
    found = service.set_archived(_own(request, checklist), archived=False, by=request.employee, at=now())
    return EDITING.restored(request, found)
