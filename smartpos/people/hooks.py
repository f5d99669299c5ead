"""What higher rooms do when people and places change, and what they have against it. In the same transaction."""

from collections.abc import Sequence

from smartpos.people.letters import Letter
from smartpos.people.models import Business, Employee, Store, Terminal
from smartpos.registry import Hook

staff_changed: Hook[[Sequence[Employee]]] = Hook("people.staff_changed")
stores_changed: Hook[[Sequence[Store]]] = Hook("people.stores_changed")
terminals_changed: Hook[[Sequence[Terminal]]] = Hook("people.terminals_changed")
# A mail is to be sent, in this transaction or not at all.
letter: Hook[[Letter]] = Hook("people.letter")

# An implementation adds a sentence for each thing that stands in the way.
closing_store: Hook[[Store, list[str]]] = Hook("people.closing_store")
closing_terminal: Hook[[Terminal, list[str]]] = Hook("people.closing_terminal")
changing_currency: Hook[[Store, list[str]]] = Hook("people.changing_currency")
dismissing: Hook[[Employee, list[str]]] = Hook("people.dismissing")
# Who holds an open shift at a terminal, unless it is this person: the implementation adds the name.
occupying: Hook[[Terminal, Employee, list[str]]] = Hook("people.occupying")

# A new tenant, inside its own act: rooms put into it what every business begins with.
business_founded: Hook[[Business]] = Hook("people.business_founded")
