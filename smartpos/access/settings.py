"""Settings: declared once, read through a cascade of device, store, business and default.

A declaration gives type, default, check and form field; the page of its tab is made of it. Saving is
`smartpos.access.services.settings.set_values`.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from django.utils.functional import Promise

from smartpos.access.config import Config, config_of
from smartpos.access.kinds import Kind
from smartpos.context import current
from smartpos.people.models import Device, Store
from smartpos.people.scope import NoTenant


class Level(StrEnum):
    """Where a value may stand, the widest first."""

    BUSINESS = "business"
    STORE = "store"
    DEVICE = "device"


Check = Callable[[Mapping[str, Any]], None]
BUSINESS = (Level.BUSINESS,)
STORE = (Level.BUSINESS, Level.STORE)
DEVICE = (Level.BUSINESS, Level.STORE, Level.DEVICE)


@dataclass(frozen=True, slots=True)
class Setting:
    """One setting. `tab` and `section` say on which page it stands; `till`: tills get it with their snapshot."""

    code: str
    kind: Kind
    default: Any
    label: str | Promise
    help: str | Promise = ""
    levels: tuple[Level, ...] = BUSINESS
    tab: str = ""
    section: str = ""
    till: bool = False


@dataclass(frozen=True, slots=True)
class Section:
    """A part of a settings page: label and help left, its controls right."""

    code: str
    label: str | Promise
    help: str | Promise = ""


@dataclass(frozen=True, slots=True)
class Tab:
    """A page of settings. `url` names a page of its own; without one the page is made of the declarations.

    `words` are found by the search besides what stands on the page. `check` gets all values of the page as they would be and
    raises a DomainError where they do not go together.
    """

    code: str
    label: str | Promise
    icon: str
    position: int
    sections: tuple[Section, ...] = ()
    url: str = ""
    words: str | Promise = ""
    permission: str = "settings.manage"
    check: Check | None = None


class UnknownSetting(LookupError):
    """Nobody declared this code."""


_settings: dict[str, Setting] = {}
_tabs: dict[str, Tab] = {}


def declare_settings(*settings: Setting) -> None:
    """Make settings known; twice the same code, or a default that is refused, is an error."""
    for setting in settings:
        if setting.code in _settings:
            raise UnknownSetting(f"{setting.code} is declared twice")
        if setting.kind.parse(setting.kind.text(setting.default)) != setting.default:
            raise UnknownSetting(f"the default of {setting.code} does not survive being stored")
        _settings[setting.code] = setting


def declare_tab(*tabs: Tab) -> None:
    """Make pages of settings known."""
    for tab in tabs:
        if tab.code in _tabs:
            raise UnknownSetting(f"settings page {tab.code} is declared twice")
        _tabs[tab.code] = tab


def known_tabs() -> list[Tab]:
    """All pages, by position."""
    return sorted(_tabs.values(), key=lambda tab: tab.position)


def tab_of(code: str) -> Tab | None:
    """A page of settings."""
    return _tabs.get(code)


def known_settings(tab: str | None = None) -> Iterable[Setting]:
    """All settings, or those of a page, in the order of their declaration."""
    return [setting for setting in _settings.values() if tab is None or setting.tab == tab]


def setting_of(code: str) -> Setting:
    """The declaration."""
    try:
        return _settings[code]
    except KeyError as error:
        raise UnknownSetting(code) from error


def value(code: str, *, store: Store | None = None, device: Device | None = None) -> Any:
    """What is set: for the device, else for its store, else for the business of the current act, else the default."""
    business = current().business_id
    if business is None:
        raise NoTenant(f"setting {code}: no business in the current act")
    store_id = device.store_id if device is not None else store.pk if store is not None else None
    return value_in(config_of(business), setting_of(code), store_id, device.pk if device is not None else None)


def value_in(config: Config, setting: Setting, store_id: int | None, device_id: int | None = None) -> Any:
    """The cascade over one configuration."""
    for store, device in ((store_id, device_id), (store_id, None), (None, None)):
        text = config.values.get((setting.code, store, device))
        if text is not None:
            return setting.kind.parse(text)
    return setting.default


def till_values(device: Device) -> dict[str, Any]:
    """All that a till needs to know, as plain data by code."""
    config = config_of(device.business_id)
    return {
        setting.code: setting.kind.plain(value_in(config, setting, device.store_id, device.pk))
        for setting in _settings.values()
        if setting.till
    }
