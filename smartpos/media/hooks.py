"""What a sweep of pictures asks the rooms above."""

from collections.abc import Sequence

from smartpos.registry import Hook

# An implementation adds those of these keys that something of its own shows, in whatever business.
showing: Hook[[Sequence[str], set[str]]] = Hook("media.showing")
