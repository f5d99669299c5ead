"""The units that a list names, by name, abbreviation or what people write for them."""

from django.utils.translation import gettext as _

from inventory.folding import fold
from inventory.models import Unit
from inventory.services.units import default_unit

# What lists write for the units that every business begins with.
_PIECE = ("piece", "pieces", "pc", "pcs", "each", "ea", "kom", "komad", "komada", "stk")
_WORDS = {
    **dict.fromkeys(_PIECE, "pc"),
    **dict.fromkeys(("kilogram", "kilogrami", "kilo"), "kg"),
    **dict.fromkeys(("liter", "litre", "litar", "lit", "ltr"), "l"),
    **dict.fromkeys(("meter", "metre", "metar"), "m"),
}


class Units:
    """The business's units, read when the first row names one."""

    def __init__(self) -> None:
        self._default: Unit | None = None
        self._named: dict[str, Unit] | None = None

    def problem(self, text: str | None) -> str:
        """A sentence where the name is of no unit."""
        return _("The unit “%(text)s” is not known.") % {"text": text[:20]} if text and self._find(text) is None else ""

    def named(self, text: str | None) -> Unit:
        """The unit of that name, else the one that new products get."""
        found = self._find(text) if text else None
        if found is None:
            self._default = self._default or default_unit()
        return found or self._default or default_unit()

    def _find(self, text: str) -> Unit | None:
        if self._named is None:
            self._named = {}
            for unit in Unit.objects.order_by("-pk"):
                self._named[fold(unit.name)] = self._named[fold(unit.abbreviation)] = unit
        word = fold(text).rstrip(".")
        if word in self._named:
            return self._named[word]
        if word in _PIECE:
            self._default = self._default or default_unit()
            return self._default
        return self._named.get(_WORDS.get(word, ""))
