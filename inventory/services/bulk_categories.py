"""The categories that a list names: a name, or a path from the top. What is not there is made."""

from datetime import datetime

from django.utils.translation import gettext as _

from inventory.folding import fold
from inventory.models import COLOURS, Category
from inventory.services.categories import create_category
from smartpos.people.models import Employee

STEP = " > "
LONGEST = 60
# Beyond this a list's column is no category: nobody finds goods under thousands of tabs.
MOST = 1000
Place = tuple[int | None, str]


class Categories:
    """The business's tree, read once a batch; new categories are made through their own service, with audit."""

    def __init__(self, by: Employee, at: datetime, *, dry: bool = False) -> None:
        self._by, self._at, self._dry = by, at, dry
        self.made: list[str] = []
        self._said: dict[str, Category] = {}
        self._tree: dict[Place, Category] = {}
        self._anywhere: dict[str, Category] = {}
        for category in Category.objects.order_by("parent_id", "position", "pk"):
            self._remember(category)

    def _remember(self, category: Category) -> None:
        self._tree[category.parent_id, fold(category.name)] = category
        self._anywhere.setdefault(fold(category.name), category)

    def problem(self, text: str | None) -> str:
        """A sentence where the text cannot be a category."""
        if not text or self._find(text):
            return ""
        if any(not step or len(step) > LONGEST for step in text.split(STEP)):
            return _("“%(text)s…” is no name of a category.") % {"text": text[:20]}
        if len(self._tree) >= MOST:
            return _("There are %(most)s categories already. Is the column the right one?") % {"most": MOST}
        return ""

    def named(self, text: str | None) -> Category | None:
        """The category of that name or path, whatever its case; made where there is none."""
        if not text:
            return None
        return self._find(text) or self._make(text)

    def _find(self, text: str) -> Category | None:
        found = self._said.get(text) or self._look_up(text)
        if found is not None:
            self._said[text] = found
        return found

    def _look_up(self, text: str) -> Category | None:
        whole = fold(text)
        if (None, whole) in self._tree:
            return self._tree[None, whole]
        if STEP not in text:
            return self._anywhere.get(whole)
        found: Category | None = None
        for step in text.split(STEP):
            found = self._tree.get((found.pk if found else None, fold(step)))
            if found is None:
                return None
        return found

    def _make(self, text: str) -> Category | None:
        parent: Category | None = None
        for step in text.split(STEP):
            found = self._tree.get((parent.pk if parent else None, fold(step)))
            if found is None:
                found = self._create(step, parent)
                self._remember(found)
                self.made.append(step)
            parent = found
        return parent

    def _create(self, name: str, parent: Category | None) -> Category:
        """A new one; on trial a stand-in that is told apart by a key that no row has."""
        if self._dry:
            return Category(pk=-1 - len(self.made), name=name, parent=parent, business_id=self._by.business_id)
        colour = COLOURS[len(self._tree) % len(COLOURS)]
        return create_category(by=self._by, name=name, colour=colour, parent=parent, at=self._at)
