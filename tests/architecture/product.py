"""What the architecture tests look at: the product's packages, their height, their sources and models."""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from django.apps import apps
from django.db import models

ROOT = Path(__file__).resolve().parents[2]

# backoffice > integrations > restaurant > pos > (inventory | fiscal) > printing > smartpos
HEIGHT = {
    "smartpos": 0,
    "printing": 1,
    "inventory": 2,
    "fiscal": 2,
    "pos": 3,
    "restaurant": 4,
    "integrations": 5,
    "backoffice": 6,
}


def may_use(user: str, used: str) -> bool:
    """Whether a package may know another: itself and what lies below, no sibling."""
    return user == used or HEIGHT[user] > HEIGHT[used]


def package_of(module: str) -> str:
    """The top package of a dotted path; "" when it is not the product's."""
    top = module.partition(".")[0]
    return top if top in HEIGHT else ""


@cache
def source_files() -> tuple[Path, ...]:
    """The product's own Python, migrations left out."""
    found = (path for top in HEIGHT for path in (ROOT / top).rglob("*.py"))
    return tuple(sorted(path for path in found if "migrations" not in path.parts))


@cache
def tree_of(path: Path) -> ast.Module:
    """A file, parsed once."""
    return ast.parse(path.read_text(encoding="utf-8"))


def relative(path: Path) -> str:
    """A path as lists name it."""
    return path.relative_to(ROOT).as_posix()


def nodes() -> Iterator[tuple[Path, ast.AST]]:
    """Every node of every product file."""
    for path in source_files():
        for node in ast.walk(tree_of(path)):
            yield path, node


def files_with_attribute(name: str) -> set[str]:
    """The files that use `something.<name>`."""
    return {relative(path) for path, node in nodes() if isinstance(node, ast.Attribute) and node.attr == name}


def product_models() -> list[type[models.Model]]:
    """Every concrete model of the product."""
    return [model for model in apps.get_models(include_auto_created=True) if package_of(model.__module__)]


def stale(listed: set[str], found: set[str]) -> tuple[list[str], list[str]]:
    """What is found and not listed, and what is listed and not found any more; both must be empty."""
    return sorted(found - listed), sorted(listed - found)


NOTHING: tuple[list[str], list[str]] = ([], [])
