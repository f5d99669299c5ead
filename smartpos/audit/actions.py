"""What the log speaks of: each action's words, what its data is called, and where its subject is found. Apps declare theirs."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.urls import NoReverseMatch
from django.utils.functional import Promise

HIDDEN = "•••"
# Whatever is called so never reaches the log, wherever in the data it stands.
SECRETS = frozenset({"pin", "password", "token", "secret", "code_hash", "pin_hash", "token_hash", "api_key", "recovery_codes"})
# What a subject is called in its entry's own words, best first.
NAMES = ("label", "name", "terminal", "title", "code")


@dataclass(frozen=True, slots=True)
class Action:
    """Something that people or tills do, in words; `code` is the action of the entries, its first word the group."""

    code: str
    label: str | Promise

    @property
    def group(self) -> str:
        """What the action is about."""
        return self.code.partition(".")[0]


_actions: dict[str, Action] = {}
_groups: dict[str, str | Promise] = {}
_fields: dict[str, str | Promise] = {}
_values: dict[str, dict[str, str | Promise]] = {}
_links: dict[str, Callable[[str], str]] = {}


def declare_actions(*actions: Action) -> None:
    """Make actions known; twice the same code is an error."""
    for action in actions:
        if action.code in _actions:
            raise LookupError(f"action {action.code} is declared twice")
        _actions[action.code] = action


def declare_words(
    *,
    groups: Mapping[str, str | Promise] | None = None,
    fields: Mapping[str, str | Promise] | None = None,
    values: Mapping[str, Mapping[str, str | Promise]] | None = None,
) -> None:
    """What groups of actions and the parts of their data are called; `values`: what a part may say, by part."""
    _groups.update(groups or {})
    _fields.update(fields or {})
    for part, words in (values or {}).items():
        _values.setdefault(part, {}).update(words)


def declare_link(subject: str, address: Callable[[str], str]) -> None:
    """Where a subject of this kind is found: `address` gets what stands behind the colon."""
    _links[subject] = address


def actions() -> list[Action]:
    """All declared actions, by code."""
    return [_actions[code] for code in sorted(_actions)]


def groups() -> list[tuple[str, str]]:
    """The groups that have actions, by their words."""
    used = {action.group for action in _actions.values()}
    return sorted(((code, str(_groups.get(code, code))) for code in used), key=lambda pair: pair[1].casefold())


def label_of(code: str) -> str:
    """An action in words; its code where nobody declared it."""
    return str(_actions[code].label) if code in _actions else code


def field_of(name: str) -> str:
    """A part of an entry's data in words."""
    return str(_fields[name]) if name in _fields else name.replace("_", " ").replace(".", " · ")


def value_of(name: str, value: str) -> str:
    """What a part of an entry's data says, in words where the part has its own."""
    return str(_values.get(name, {}).get(value, value))


def link_of(subject: str) -> str:
    """The address of a subject; "" where it has no page."""
    kind, _colon, key = subject.partition(":")
    if kind not in _links or not key:
        return ""
    try:
        return _links[kind](key)
    except NoReverseMatch:  # a subject from before, or of something else that is called so
        return ""


def title_of(data: Mapping[str, Any]) -> str:
    """What an entry's subject is called in the entry itself; "" where it says nothing."""
    return next((str(data[name]) for name in NAMES if isinstance(data.get(name), str) and data[name]), "")


def redacted(data: Any) -> Any:
    """Data without its secrets, at any depth."""
    if isinstance(data, Mapping):
        return {key: HIDDEN if str(key) in SECRETS and value else redacted(value) for key, value in data.items()}
    return [redacted(value) for value in data] if isinstance(data, list | tuple) else data
