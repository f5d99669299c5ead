"""The form of a checklist: how often, where, and its tasks, whose order is the one of the page."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from pos.forms.places import PlacedForm, new_place, place_of
from pos.models import Checklist, ChecklistTask, Frequency
from pos.services.checklists import LONGEST_NAME, LONGEST_TASK, MOST_TASKS, ChecklistInput, TaskInput
from smartpos.errors import DomainError
from smartpos.ids import uuid7
from smartpos.web.forms import OfficeForm


class TaskForm(OfficeForm):
    """One task."""

    uuid = forms.UUIDField(widget=forms.HiddenInput, required=False)
    gone = forms.CharField(widget=forms.HiddenInput(attrs={"data-gone": ""}), required=False)
    text = forms.CharField(label=_("Task"), max_length=LONGEST_TASK, widget=forms.TextInput(attrs={"autocomplete": "off"}))
    mandatory = forms.BooleanField(label=_("Mandatory"), required=False)

    @property
    def number(self) -> str:
        """The row's number, which its names carry."""
        return str(self.prefix).removeprefix("tasks-")

    @property
    def is_gone(self) -> bool:
        """Whether the row was taken away on the page, or was never filled in."""
        return bool(self.data.get(self.add_prefix("gone"), "") == "on")


class ChecklistForm(PlacedForm):
    """`tasks-order` names the rows as they stand on the page, top first."""

    name = forms.CharField(
        label=_("Name"),
        max_length=LONGEST_NAME,
        widget=forms.TextInput(attrs={"autocomplete": "off", "placeholder": _("Before closing")}),
    )
    frequency = forms.ChoiceField(label=_("How often"), choices=Frequency.choices)
    morning = forms.BooleanField(
        label=_("At opening"), required=False, help_text=_("The till shows it when a shift is opened.")
    )

    def __init__(self, *args: Any, tasks: Sequence[ChecklistTask] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        data: Any = self.data if self.is_bound else None
        initial: list[Mapping[str, Any]] = [
            {"uuid": one.uuid, "text": one.text, "mandatory": one.mandatory} for one in tasks
        ] or [{}]
        numbers = _numbers(data.getlist("tasks-order")) if data is not None else [str(n) for n in range(len(initial))]
        self.rows = [
            TaskForm(data, prefix=f"tasks-{number}", initial=None if data is not None else initial[place])
            for place, number in enumerate(numbers)
        ]
        self.empty = TaskForm(prefix="tasks-__prefix__")

    @property
    def count(self) -> int:
        """The number that the next row gets."""
        return max((int(row.number) for row in self.rows), default=-1) + 1

    @property
    def left(self) -> list[TaskForm]:
        """The rows that were not taken away."""
        return [row for row in self.rows if not row.is_gone]

    @property
    def parts(self) -> Sequence[OfficeForm]:
        """The tasks that are left."""
        return self.left

    def is_valid(self) -> bool:
        """The form and its rows."""
        return super().is_valid() & ([row for row in self.left if not row.is_valid()] == [])

    def clean(self) -> dict[str, Any]:
        """There is something to do."""
        data = super().clean()
        if not self.left:
            self.add_error(None, _("Write at least one task."))
        return data

    def given(self) -> ChecklistInput:
        """The list as the services take it."""
        data = self.cleaned_data
        tasks = [TaskInput(**{name: row.cleaned_data[name] for name in ("uuid", "text", "mandatory")}) for row in self.left]
        return ChecklistInput(
            name=data["name"], frequency=data["frequency"], morning=data["morning"], tasks=tasks,
            stores=self.chosen_stores(),
        )  # fmt: skip

    def refuse(self, error: DomainError) -> None:
        """A refusal that names a task stands in its row."""
        match = re.fullmatch(r"tasks-(\d+)-text", error.field)
        if match and int(match[1]) < len(self.left):
            self.left[int(match[1])].add_error("text", error.message)
        else:
            super().refuse(error)
        self.refused = error.status


def _numbers(sent: Sequence[str]) -> list[str]:
    """The rows' numbers as they were sent, each once; what is no number is no row."""
    known = [text for text in sent if text.isascii() and text.isdigit() and len(text) < 4]
    return list(dict.fromkeys(known))[: MOST_TASKS + 20]


def new_values(*, everywhere: bool) -> dict[str, Any]:
    """What stands in the form of a new one."""
    return {"uuid": uuid7(), "version": 0, "frequency": Frequency.DAILY, **new_place(everywhere=everywhere)}


def values_of(checklist: Checklist) -> dict[str, Any]:
    """What a list is now."""
    return {
        "uuid": checklist.uuid, "version": checklist.version, "name": checklist.name, "frequency": checklist.frequency,
        "morning": checklist.morning, **place_of(checklist),
    }  # fmt: skip
