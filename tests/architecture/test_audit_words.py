"""Whatever the code writes into the audit log has words there."""

import ast
from collections.abc import Iterator
from pathlib import Path

from smartpos.audit.actions import actions

ROOT = Path(__file__).parents[2]
ROOMS = ("backoffice", "integrations", "inventory", "pos", "smartpos")


def texts(node: ast.expr | None) -> Iterator[str]:
    """What an expression may be, where it is written out: a text, or one of two."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value
    elif isinstance(node, ast.IfExp):
        yield from texts(node.body)
        yield from texts(node.orelse)


def written(tree: ast.AST) -> Iterator[str]:
    """The actions of a module: what `record` and `append` are called with, and what is called an action."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            name = getattr(node.func, "id", getattr(node.func, "attr", ""))
            yield from texts(node.args[0] if name == "record" and node.args else None)
            for keyword in node.keywords:
                yield from texts(keyword.value if keyword.arg == "action" else None)
        elif isinstance(node, ast.Assign) and any(getattr(target, "id", "") == "action" for target in node.targets):
            yield from texts(node.value)


def test_every_action_that_is_written_out_has_words() -> None:
    declared = {action.code for action in actions()}
    files = [path for room in ROOMS for path in (ROOT / room).rglob("*.py") if "migrations" not in path.parts]
    found = {
        (text, path.name) for path in files for text in written(ast.parse(path.read_text(encoding="utf-8"))) if "." in text
    }
    assert len(found) > 60, "the actions are no longer found where this looks for them"
    assert sorted(pair for pair in found if pair[0] not in declared) == []
