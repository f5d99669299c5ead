"""The log in words: every action is declared, in both languages; secrets never reach it."""

import ast
import json
import re
from collections.abc import Iterator

import pytest
from django.utils import translation

from smartpos.audit.actions import (
    HIDDEN,
    actions,
    declare_actions,
    field_of,
    groups,
    label_of,
    link_of,
    redacted,
    title_of,
    value_of,
)
from smartpos.audit.models import Entry
from smartpos.audit.services import record
from smartpos.clock import now
from smartpos.context import acting
from smartpos.db.locks import write_transaction
from tests.architecture.product import nodes
from tests.world import World

CODE = re.compile(r"^[a-z_]+\.[a-z_]+$")
# Made of a group and a state while a till's act is judged.
MADE = {"receipt.sale", "receipt.refund", "receipt.void", "operation.review"}


def given(node: ast.AST) -> list[ast.expr]:
    """What may be an action: the first word of `record`, what is handed on as `action`, and what is called so before that."""
    if isinstance(node, ast.Assign):
        return [node.value] if any(isinstance(to, ast.Name) and to.id == "action" for to in node.targets) else []
    if not isinstance(node, ast.Call):
        return []
    name = node.func.id if isinstance(node.func, ast.Name) else ""
    named = [keyword.value for keyword in node.keywords if keyword.arg == "action"]
    return named + (node.args[:1] if name in {"record", "_log"} else node.args[1:2] if name == "log_for" else [])


def written() -> Iterator[str]:
    """Every action that some service names."""
    for _path, node in nodes():
        for value in given(node):
            for part in ast.walk(value):
                if isinstance(part, ast.Constant) and isinstance(part.value, str) and CODE.match(part.value):
                    yield part.value


def test_every_action_that_a_service_writes_has_its_words() -> None:
    known = {action.code for action in actions()}
    assert set(written()) | MADE <= known, sorted((set(written()) | MADE) - known)


def test_every_action_and_group_is_said_in_both_languages() -> None:
    for language in ("en", "bs"):
        with translation.override(language):
            words = {action.code: label_of(action.code) for action in actions()}
            names = dict(groups())
            assert {code for code, word in words.items() if word == code} == set()
            assert {code for code, name in names.items() if name == code} == set()
            assert {action.group for action in actions()} == set(names)


def test_an_action_is_declared_once_and_an_unknown_one_shows_its_code() -> None:
    with pytest.raises(LookupError, match="twice"):
        declare_actions(actions()[0])
    assert label_of("unheard.of") == "unheard.of"
    assert field_of("opening_hours") == "opening hours"
    assert link_of("unheard:1") == link_of("") == link_of("product:") == ""


def test_roles_and_kinds_of_shop_are_said_in_words() -> None:
    with translation.override("bs"):
        assert (value_of("role", "owner"), value_of("mode", "both")) == ("Vlasnik", "Oboje")
    assert value_of("role", "unheard") == value_of("name", "unheard") == "unheard"


def test_what_an_entry_is_about_is_said_by_its_own_words() -> None:
    assert title_of({"name": "Espresso", "code": "E"}) == "Espresso"
    assert title_of({"label": "A1-7", "name": "x"}) == "A1-7"
    assert title_of({"name": None, "amounts": {}}) == ""


def test_secrets_are_left_out_at_any_depth() -> None:
    data = {
        "name": "Ana",
        "pin": "1234",
        "deep": [{"token": "x", "total": "9.00"}],
        "changes": {"password": ["a", "b"]},
        "secret": "",
    }
    assert redacted(data) == {
        "name": "Ana", "pin": HIDDEN, "deep": [{"token": HIDDEN, "total": "9.00"}], "changes": {"password": HIDDEN}, "secret": "",
    }  # fmt: skip


@pytest.mark.django_db
@pytest.mark.database
def test_no_secret_reaches_the_table(world: World) -> None:
    with acting(business_id=world.business.pk), write_transaction():
        record("employee.changed", subject="employee:x", data={"pin": "4711", "pin_changed": True}, at=now())
    data = json.loads(Entry.objects.order_by("-pk").first().data)
    assert data == {"pin": HIDDEN, "pin_changed": True}
