"""Every URL says who may enter."""

from collections.abc import Callable
from typing import Any

from smartpos.access.permissions import known
from tests.architecture.addresses import Address, addresses
from tests.architecture.product import NOTHING, package_of, stale

# Views of Django or of libraries: module and the reason why no guard of ours stands before them.
NOT_OURS: dict[str, str] = {}

# Without a CSRF token, and why nobody can be made to send it from a foreign page.
WITHOUT_CSRF = {
    "inbound": "providers have no session; every message is signed under its connection",
    "pos-enrol": "own header and origin are checked in the view; there is no device yet",
}


def mark_of(address: Address) -> str:
    return str(getattr(address.view, "guard", ""))


def test_every_view_of_ours_carries_a_guard() -> None:
    bare = [a.path for a in addresses() if package_of(a.view.__module__) and not mark_of(a)]
    assert bare == []


def test_views_that_are_not_ours_are_listed() -> None:
    found = {a.view.__module__ for a in addresses() if not package_of(a.view.__module__)}
    assert stale(set(NOT_OURS), found) == NOTHING


def test_a_guard_is_one_of_four_and_names_a_permission_that_exists() -> None:
    codes = {permission.code for permission in known()}
    for address in addresses():
        kind, _, what = mark_of(address).partition(": ")
        if kind == "office":
            assert what in codes, f"{address.path} asks for the permission {what}, which nobody declares"
        elif kind == "public":
            assert len(what.split()) > 3, f"{address.path} is public without a reason"
        elif package_of(address.view.__module__):
            assert kind in {"till", "person"}, address.path


def test_only_a_tills_doors_do_without_a_csrf_token() -> None:
    found = {
        a.name
        for a in addresses()
        if getattr(a.view, "csrf_exempt", False) and mark_of(a) != "till" and package_of(a.view.__module__)
    }
    assert stale(set(WITHOUT_CSRF), found) == NOTHING


def test_every_declared_permission_is_used_or_judged() -> None:
    """A code that no view, judge or template asks for promises something that does not exist."""
    from tests.architecture.product import source_files

    text = "\n".join(path.read_text(encoding="utf-8") for path in source_files() if path.name != "declarations.py")
    unused = [p.code for p in known() if f'"{p.code}"' not in text]
    assert unused == []


def test_every_address_has_a_name_of_its_own() -> None:
    names = [a.name for a in addresses()]
    assert all(names)
    assert len(names) == len(set(names))


def test_an_unguarded_view_would_be_found() -> None:
    def bare(request: Any) -> None: ...

    view: Callable[..., Any] = bare
    assert mark_of(Address("x", "x", view, ())) == ""
