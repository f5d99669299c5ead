"""Parts of the product that a business switches off: gone from the menu, and their addresses refuse."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any

from django.http import Http404, HttpRequest, HttpResponseBase
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from smartpos.access.kinds import Flag
from smartpos.access.settings import BUSINESS, STORE, Setting, UnknownSetting, declare_settings, value
from smartpos.access.till import till_error
from smartpos.people.models import Store

View = Callable[..., HttpResponseBase]


class ModuleOff(Http404):
    """The part is switched off: there is nothing here for anybody, whatever their role."""


@dataclass(frozen=True, slots=True)
class Module:
    """A part that can be switched off. `pos`: a part of the till, per store; else a section of the Backoffice.

    A section of the Backoffice names the groups of permissions (their codes' first words) whose pages it holds: the guard of
    every such page refuses while it is off, and the menu leaves it out, so that no page can be forgotten.
    """

    code: str
    label: str | Promise
    help: str | Promise = ""
    pos: bool = False
    groups: tuple[str, ...] = ()


_modules: dict[str, Module] = {}


def declare_module(*modules: Module) -> None:
    """Make modules known, each with its setting `module.<code>`, which tills get too."""
    for module in modules:
        _modules[module.code] = module
        declare_settings(
            Setting(
                f"module.{module.code}", Flag(), default=True, label=module.label, help=module.help, till=module.pos,
                levels=STORE if module.pos else BUSINESS, tab="modules", section="pos" if module.pos else "office",
            )
        )  # fmt: skip


def known_modules() -> list[Module]:
    """All modules in the order of their declaration."""
    return list(_modules.values())


def module_on(code: str, store: Store | None = None) -> bool:
    """Whether the business (for a till's part: the store) uses it."""
    if code not in _modules:
        raise UnknownSetting(f"module {code}")
    return bool(value(f"module.{code}", store=store))


def section_on(permission: str) -> bool:
    """Whether the section of the Backoffice that holds this permission's pages is in use. What no section holds is always on."""
    group = permission.partition(".")[0]
    return all(module_on(found.code) for found in _modules.values() if group in found.groups)


def assert_section_on(permission: str) -> None:
    """For the guard: raise where the section is switched off."""
    if not section_on(permission):
        raise ModuleOff(off_sentence())


def off_sentence() -> str:
    """Why there is nothing here."""
    return _("This part is switched off. It can be switched on under Settings, Modules.")


def module(code: str) -> Callable[[View], View]:
    """Under the guard: the address refuses while the module is off. Leaves a mark that a test looks for."""

    def guard(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            device = getattr(request, "device", None)
            if not module_on(code, device.store if device else None):
                if device is not None:
                    return till_error(404, "module_off", off_sentence())
                raise ModuleOff(off_sentence())
            return view(request, *args, **kwargs)

        guarded.module = code  # type: ignore[attr-defined]
        return guarded

    return guard
