"""Categories: choosing one, and the form of one."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from inventory.models import COLOURS, Category
from inventory.selectors.categories import Node, flat
from smartpos.web.forms import OfficeForm

COLOUR_WORDS = {
    "slate": _("Slate"), "red": _("Red"), "orange": _("Orange"), "amber": _("Amber"), "green": _("Green"), "teal": _("Teal"),
    "blue": _("Blue"), "indigo": _("Indigo"), "purple": _("Purple"), "pink": _("Pink"),
}  # fmt: skip


class CategoryField(forms.ModelChoiceField):  # type: ignore[type-arg]
    """Chooses a category; its label is its path: «Drinks / Hot»."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(to_field_name="uuid", **kwargs)
        self.paths: dict[int, str] = {}

    def offer(self, nodes: Sequence[Node]) -> None:
        """The categories that can be chosen, in the order of the tree."""
        self.paths = {node.category.pk: node.path for node in nodes}
        self.queryset = Category.objects.filter(pk__in=self.paths)
        ordered = [(str(node.category.uuid), node.path) for node in nodes]
        self.choices = [("", self.empty_label or ""), *ordered]

    def label_from_instance(self, obj: Any) -> str:
        return self.paths.get(obj.pk, str(obj.name))


class CategoryForm(OfficeForm):
    """Name, colour, place."""

    name = forms.CharField(label=_("Name"), max_length=60, help_text=_("Short and clear: it stands on a tab of the till."))
    colour = forms.ChoiceField(
        label=_("Colour"), choices=[(colour, COLOUR_WORDS[colour]) for colour in COLOURS], widget=forms.RadioSelect
    )
    parent = CategoryField(
        label=_("Lies under"), queryset=Category.everywhere.none(), required=False, empty_label=_("Nothing: a tab of its own")
    )
    position = forms.IntegerField(
        label=_("Sort order"), min_value=0, max_value=9999, required=False,
        help_text=_("Lower numbers come first; equal ones by name. Empty: last."),
    )  # fmt: skip

    def __init__(self, *args: Any, category: Category | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        nodes = flat()
        if category is not None:
            own = next((node for node in nodes if node.category.pk == category.pk), None)
            below = {node.category.pk for node in own.everything} if own else set()
            nodes = [node for node in nodes if node.category.pk not in below]
        self.fields["parent"].offer(nodes)  # type: ignore[attr-defined]


class CategoryDeleteForm(OfficeForm):
    """Where the products go."""

    to = CategoryField(
        label=_("Its products go to"), queryset=Category.everywhere.none(), required=False, empty_label=_("Uncategorised")
    )

    def __init__(self, *args: Any, category: Category, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["to"].offer([node for node in flat() if node.category.pk != category.pk])  # type: ignore[attr-defined]
