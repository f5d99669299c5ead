"""The patterns of a business's own barcodes, as a setting."""

from typing import Any

from django.utils.translation import gettext as _

from inventory.barcodes import Pattern, pattern_fault
from smartpos.access.kinds import Text
from smartpos.access.settings import value
from smartpos.errors import DomainError

PATTERNS = "barcode.patterns"
SHIPPED_PATTERNS = "28CCCCCWWWWWK\n29CCCCCPPPPPK"


class Patterns(Text):
    """One pattern a line, each checked."""

    def clean(self, value: Any) -> str:
        text = "\n".join(line.strip().upper() for line in super().clean(value).splitlines() if line.strip())
        for line in text.splitlines():
            if pattern_fault(line):
                raise DomainError(_FAULTS[pattern_fault(line)]() % {"pattern": line})
        return text


# Called when a sentence is needed, so that it is in the language of the moment.
_FAULTS = {
    "length": lambda: _("%(pattern)s: a pattern has 13 places."),
    "prefix": lambda: _("%(pattern)s: a pattern begins with 2."),
    "letters": lambda: _("%(pattern)s: up to three digits, then C, V, W or P, and K at the end."),
    "parts": lambda: _("%(pattern)s: first the item's code (C), then either the weight (W) or the price (P)."),
}


def patterns() -> list[Pattern]:
    """The patterns of the current business."""
    return [Pattern(line) for line in value(PATTERNS).splitlines()]
