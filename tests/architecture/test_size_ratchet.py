"""Files and functions stay small: what is too long is listed in `oversize.json`, and the list only ever shrinks."""

import ast
import json
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
GRANDFATHERED = Path(__file__).with_name("oversize.json")
PACKAGES = ("smartpos", "printing", "inventory", "fiscal", "pos", "restaurant", "integrations", "backoffice")
PYTHON_FILE, FUNCTION, TEMPLATE, SCRIPT = 400, 50, 160, 250

# Lists of words, one a line, in order: looked up, never read from top to bottom.
WORDS = {"texts.js", "texts.bs.js"}


def oversize() -> dict[str, int]:
    """Everything beyond its budget, with its lines."""
    return dict(
        sorted((*python_files(), *plain_files("templates", "*.html", TEMPLATE), *plain_files("static/js", "*.js", SCRIPT)))
    )


def python_files() -> Iterator[tuple[str, int]]:
    """Modules and functions; migrations are written by Django."""
    for folder in (*PACKAGES, "scripts", "bench", "tests"):
        for path in (ROOT / folder).rglob("*.py"):
            if "migrations" in path.parts:
                continue
            name = path.relative_to(ROOT).as_posix()
            text = path.read_text(encoding="utf-8")
            if (lines := len(text.splitlines())) > PYTHON_FILE:
                yield name, lines
            yield from functions(name, ast.parse(text))


def functions(name: str, tree: ast.AST) -> Iterator[tuple[str, int]]:
    """Functions and methods by their line, decorators left out."""
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            lines = (node.end_lineno or node.lineno) - node.lineno + 1
            if lines > FUNCTION:
                yield f"{name}::{node.name}", lines


def plain_files(folder: str, pattern: str, budget: int) -> Iterator[tuple[str, int]]:
    """Files of a kind that has one budget."""
    for path in (ROOT / folder).rglob(pattern):
        if path.name in WORDS:
            continue
        lines = len(path.read_text(encoding="utf-8").splitlines())
        if lines > budget:
            yield path.relative_to(ROOT).as_posix(), lines


def test_nothing_grows_beyond_its_budget() -> None:
    allowed: dict[str, int] = json.loads(GRANDFATHERED.read_text(encoding="utf-8"))
    grown = {name: lines for name, lines in oversize().items() if lines > allowed.get(name, 0)}
    assert not grown, "split these: files 400 lines, functions 50, templates 160, scripts 250"


def test_the_list_of_exceptions_shrinks_with_the_code() -> None:
    allowed: dict[str, int] = json.loads(GRANDFATHERED.read_text(encoding="utf-8"))
    now = oversize()
    assert allowed == {name: now[name] for name in allowed if name in now}, "write the smaller figures into oversize.json"
