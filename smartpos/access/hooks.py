"""What higher rooms do when settings or rights change: in the same transaction."""

from collections.abc import Sequence

from smartpos.registry import Hook

# The codes that changed, and the store whose own they are (None: the business's).
settings_changed: Hook[[Sequence[str], int | None]] = Hook("access.settings_changed")
rights_changed: Hook[[Sequence[str]]] = Hook("access.rights_changed")
