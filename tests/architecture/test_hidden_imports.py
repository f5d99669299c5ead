"""Hidden imports are imports: strings, templates, URL names and reverse accessors keep the arrow too."""

import ast
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.apps import apps
from django.db import models
from django.urls import URLPattern, URLResolver, get_resolver

from tests.architecture.product import (
    HEIGHT,
    NOTHING,
    ROOT,
    may_use,
    nodes,
    package_of,
    product_models,
    relative,
    source_files,
    stale,
    tree_of,
)

DOTTED = re.compile(rf"({'|'.join(HEIGHT)})(\.[A-Za-z_][A-Za-z0-9_]*)+")
MODEL = re.compile(r"([a-z_]+)\.([A-Z][A-Za-z]+)")
TAG = re.compile(r"""\{%\s*(include|extends|url)\s+(['"])(?P<name>[^'"]+)\2""")
DYNAMIC_TAG = re.compile(r"""\{%\s*(include|extends|url)\s+[^'"\s]""")

# Settings and the project's entries name apps as strings; that is their job.
NAMES_APPS = ("smartpos/settings/", "smartpos/urls.py", "smartpos/asgi.py", "smartpos/wsgi.py", "smartpos/celery.py")

# Where code is loaded by its name, and why.
LOADS_BY_NAME = {
    "smartpos/registry.py": "declarations, the one module that every app may be asked for",
    "smartpos/celery.py": "the tasks modules of installed apps",
    "smartpos/outbox/wake.py": "the relay's task of its own room, which services may not import",
    "smartpos/people/services/sessions.py": "the session store that the settings name",
    "smartpos/db/append_only.py": "a migration asks for its own model as it was then",
}

# Folders of templates that belong to everybody: they lie in the kernel.
SHARED = {"email", "base", "components", "imports", "notifications"}

# Templates that include, extend or link by a variable: what may be in it.
DYNAMIC_TEMPLATES: dict[str, str] = {
    "components/_empty.html": "another way to fill a declared list of its own app",
    "backoffice/setup/step.html": "the wizard's own four steps",
    "base/list.html": "what a declared list names of its own app: figures above it, its head, its cards",
    "components/list/_bulk.html": "what a bulk act of a declared list asks before it is done",
    "components/list/_filters.html": "the fragments of the kernel's own kinds of filter",
    "components/list/_list.html": "cells that a declared list names of its own app",
    "imports/_import.html": "the addresses of a declared importer's own app",
    "imports/_import_columns.html": "the addresses of a declared importer's own app",
    "imports/_import_course.html": "the addresses of a declared importer's own app",
    "imports/imports.html": "the addresses of a declared importer's own app",
    "pos/manage/form.html": "the addresses of what a form of this app is about",
}


def strings(path: Path) -> Iterator[str]:
    """String constants of a file that are not documentation."""
    documentation = {
        id(node.body[0].value)
        for node in ast.walk(tree_of(path))
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef)
        if node.body and isinstance(node.body[0], ast.Expr)
    }
    for node in ast.walk(tree_of(path)):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in documentation:
            yield node.value


LABELS = {config.label: package_of(config.name) for config in apps.get_app_configs()}


def test_no_string_names_a_module_above() -> None:
    above = [
        f"{relative(path)}: {text}"
        for path in source_files()
        if not relative(path).startswith(NAMES_APPS)
        for text in strings(path)
        if DOTTED.fullmatch(text) and not may_use(relative(path).partition("/")[0], package_of(text))
    ]
    assert above == []


def test_no_foreign_key_or_label_points_above() -> None:
    above = []
    for path in source_files():
        package = relative(path).partition("/")[0]
        for text in strings(path):
            match = MODEL.fullmatch(text)
            if match and LABELS.get(match[1]) and not may_use(package, LABELS[match[1]]):
                above.append(f"{relative(path)}: {text}")
    assert above == []


def test_relations_point_down() -> None:
    wrong = []
    for model in product_models():
        user = package_of(model.__module__)
        for field in model._meta.get_fields():
            if field.is_relation and not field.auto_created and field.related_model:
                used = package_of(field.related_model.__module__)
                if used and not may_use(user, used):
                    wrong.append(f"{model._meta.label}.{field.name}")
    assert wrong == []


def test_modules_are_loaded_by_name_in_listed_places_only() -> None:
    loaders = {
        "import_module",
        "import_string",
        "__import__",
        "send_task",
        "autodiscover_modules",
        "autodiscover_tasks",
        "get_model",
    }
    found = set()
    for path, node in nodes():
        if isinstance(node, ast.Call):
            function = node.func
            name = function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")
            if name in loaders:
                found.add(relative(path))
    assert stale(set(LOADS_BY_NAME), found) == NOTHING


def test_tasks_are_called_by_name_only_from_their_own_height_or_above() -> None:
    calls = [
        (relative(path), node.args[0].value)
        for path, node in nodes()
        if isinstance(node, ast.Call) and getattr(node.func, "attr", "") == "send_task"
        if node.args and isinstance(node.args[0], ast.Constant)
    ]
    wrong = [
        f"{path}: {task}" for path, task in calls if not may_use(path.partition("/")[0], LABELS.get(task.partition(".")[0], ""))
    ]
    assert wrong == []


def room_of(model: type[models.Model]) -> str:
    """`pos`, `smartpos.people`: where a model lives."""
    return model.__module__.partition(".models")[0]


def test_a_room_is_not_reached_from_below_by_a_reverse_accessor() -> None:
    """`device.journal` in people would be people knowing operations."""
    wrong = []
    for model in product_models():
        for relation in model._meta.related_objects:
            accessor = relation.get_accessor_name()
            if relation.hidden or accessor is None:
                continue
            owner, user = room_of(model), room_of(relation.related_model)
            if owner == user or not package_of(user):
                continue
            wrong += [
                f"{relative(path)}: .{accessor}"
                for path in source_files()
                if relative(path).startswith(owner.replace(".", "/") + "/")
                for node in ast.walk(tree_of(path))
                if isinstance(node, ast.Attribute) and node.attr == accessor
            ]
    assert wrong == []


# ── templates ────────────────────────────────────────────────────────────────────────────────────────────────────────


def templates() -> list[Path]:
    return sorted((ROOT / "templates").rglob("*.html"))


def package_of_template(path: str) -> str:
    """`templates/pos/…` is pos's; what everybody shares, and pages at the top, are the kernel's."""
    folder = path.partition("/")[0] if "/" in path else ""
    return folder if folder in HEIGHT else "smartpos"


def template_name(path: Path) -> str:
    return path.relative_to(ROOT / "templates").as_posix()


def url_packages() -> dict[str, str]:
    """URL names and the package whose view answers."""
    found: dict[str, str] = {}

    def walk(patterns: list, namespace: str) -> None:
        for pattern in patterns:
            if isinstance(pattern, URLResolver):
                walk(pattern.url_patterns, f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace)
            elif isinstance(pattern, URLPattern) and pattern.name:
                found[f"{namespace}{pattern.name}"] = package_of(pattern.callback.__module__)

    walk(get_resolver().url_patterns, "")
    return found


def test_every_folder_of_templates_belongs_to_a_package_or_to_everybody() -> None:
    folders = {path.name for path in (ROOT / "templates").iterdir() if path.is_dir()}
    assert folders - set(HEIGHT) - SHARED == set()


def tags(*kinds: str) -> Iterator[tuple[str, str]]:
    """Which template names what in its tags."""
    for path in templates():
        for match in TAG.finditer(path.read_text(encoding="utf-8")):
            if match[1] in kinds:
                yield template_name(path), match["name"]


def test_templates_include_and_extend_only_what_lies_below() -> None:
    wrong = [
        f"{user}: {used}"
        for user, used in tags("include", "extends")
        if not may_use(package_of_template(user), package_of_template(used))
    ]
    assert wrong == []


def test_templates_include_what_exists() -> None:
    missing = [f"{user}: {used}" for user, used in tags("include", "extends") if not (ROOT / "templates" / used).exists()]
    assert missing == []


def test_templates_link_only_to_pages_that_lie_below() -> None:
    packages = url_packages()
    unknown = [f"{user}: {name}" for user, name in tags("url") if name not in packages]
    above = [
        f"{user}: {name}"
        for user, name in tags("url")
        if packages.get(name) and not may_use(package_of_template(user), packages[name])
    ]
    assert (unknown, above) == ([], [])


def test_templates_that_choose_by_a_variable_are_listed() -> None:
    found = {template_name(path) for path in templates() if DYNAMIC_TAG.search(path.read_text(encoding="utf-8"))}
    assert stale(set(DYNAMIC_TEMPLATES), found) == NOTHING


def test_python_names_only_addresses_and_templates_that_lie_below() -> None:
    packages, wrong = url_packages(), []
    for path in source_files():
        user = relative(path).partition("/")[0]
        for text in strings(path):
            if text.endswith(".html") and not text.startswith((".", "*")):
                used = package_of_template(text)
            else:
                used = packages.get(text, "")
            if used and not may_use(user, used):
                wrong.append(f"{relative(path)}: {text} ({used})")
    assert wrong == []


def test_views_render_templates_that_exist() -> None:
    missing = [
        f"{relative(path)}: {text}"
        for path in source_files()
        for text in strings(path)
        if re.fullmatch(r"[a-z_]+(/[A-Za-z0-9_.-]+)*\.html", text) and not (ROOT / "templates" / text).exists()
    ]
    assert missing == []


@pytest.mark.parametrize(
    ("user", "used", "allowed"),
    [
        ("pos", "inventory", True),
        ("pos", "smartpos", True),
        ("smartpos", "pos", False),
        ("inventory", "fiscal", False),
        ("fiscal", "inventory", False),
        ("backoffice", "pos", True),
        ("pos", "backoffice", False),
        ("pos", "pos", True),
    ],
)
def test_the_arrow(user: str, used: str, allowed: bool) -> None:
    assert may_use(user, used) is allowed


def test_the_arrow_is_the_one_of_the_import_contract() -> None:
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"]["contracts"]
    layers = next(contract["layers"] for contract in contracts if contract["id"] == "arrow")
    height = {name.strip(): n for n, layer in enumerate(reversed(layers)) for name in layer.split("|")}
    assert height == HEIGHT
