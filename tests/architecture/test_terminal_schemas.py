"""The JSON Schemas of the terminal protocol: made from the decoder's own types, and the endpoint is held to them."""

import json
import re
from copy import deepcopy
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from pos.management.commands.terminal_schemas import schemas
from smartpos.ids import uuid7
from smartpos.operations.envelope import Mark
from smartpos.operations.kinds import known_kinds
from smartpos.operations.models import Operation
from tests.architecture.product import ROOT
from tests.architecture.schema_values import values
from tests.architecture.shop import sell_and_refund
from tests.till import Till
from tests.world import World

FOLDER = ROOT / "docs" / "schemas"
PROTOCOL = (ROOT / "docs" / "terminal-protocol.md").read_text(encoding="utf-8")
REQUEST = schemas()["terminal-operations-request.schema.json"]
RESPONSE = schemas()["terminal-operations-response.schema.json"]
# What the decoder says when a body has not the shape; what a judge says is one word.
OF_THE_DECODER = re.compile(r"Expected|Object |Invalid|JSON|`")
# A request is no pure function: shrinking and explaining one that fails costs minutes and says little more than the request itself.
slow_but_fine = settings(
    max_examples=12,
    deadline=None,
    derandomize=True,
    database=None,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


def validator(schema: dict[str, Any]) -> Draft202012Validator:
    Draft202012Validator.check_schema(schema)
    return Draft202012Validator(schema, format_checker=Draft202012Validator.FORMAT_CHECKER)


@pytest.fixture
def till(world: World) -> Till:
    """Boris's till with an open shift."""
    till = world.till()
    till.open_shift()
    return till


def test_the_files_are_what_the_endpoint_decodes_with() -> None:
    call_command("terminal_schemas", "--check")
    assert {path.name for path in FOLDER.glob("terminal-*.schema.json")} == set(schemas())


def test_a_file_that_differs_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    from pos.management.commands import terminal_schemas

    monkeypatch.setattr(terminal_schemas, "schemas", lambda: {"terminal-pin.schema.json": {}})
    with pytest.raises(CommandError, match="terminal-pin"):
        call_command("terminal_schemas", "--check", stdout=StringIO())


@pytest.mark.parametrize("name", schemas())
def test_every_schema_is_one(name: str) -> None:
    Draft202012Validator.check_schema(json.loads((FOLDER / name).read_text(encoding="utf-8")))


def test_every_kind_of_operation_has_its_body_in_the_schema_and_its_words_in_the_protocol() -> None:
    choices = REQUEST["properties"]["operations"]["items"]["allOf"][1]["oneOf"]
    assert {choice["properties"]["kind"]["const"] for choice in choices} == {kind.name for kind in known_kinds()}
    for kind in known_kinds():
        assert f"`{kind.name}`" in PROTOCOL


def test_every_mark_that_the_server_makes_stands_in_the_protocol() -> None:
    from tests.architecture.product import source_files

    text = "\n".join(path.read_text(encoding="utf-8") for path in source_files())
    codes = set(re.findall(r'Mark\(code="([a-z_]+)"', text)) | set(re.findall(r'(?:review|Unbookable)\("([a-z_]+)"', text))
    assert len(codes) > 15
    assert {code for code in codes if f"`{code}`" not in PROTOCOL} == set()
    assert set(Mark.__struct_fields__) - {"code"} == {
        "line", "listed", "permission", "business_date", "number", "seconds", "detail",
    }  # fmt: skip


@pytest.mark.django_db
def test_what_the_till_of_the_tests_sends_and_gets_follows_the_schemas(till: Till) -> None:
    """Also what the documents show: sale, refund, shift, a review and a refusal."""
    sent: list[Any] = []
    send = till.send

    def noted(method: str, path: str, body: Any) -> tuple[int, Any]:
        status, answer = send(method, path, body)
        if path == "/pos/operations":
            sent.append((body, answer))
        return status, answer

    till.send = noted
    sell_and_refund(till)
    sale = till.sale([(till.item("ESP"), "1")])
    till.post(sale)
    till.post({**sale, "seq": 90})
    parked = till.sale([(till.item("ESP"), "1")])
    parked["body"]["figures"]["tax"] = "0.01"
    till.post(parked)
    till.close_shift("1.00")
    for request, response in sent:
        validator(REQUEST).validate(request)
        validator(RESPONSE).validate(response)
    assert {answer["state"] for _request, response in sent for answer in response["answers"]} == {"done", "review", "refused"}


OPERATIONS = values(REQUEST["$defs"]["Operation"], REQUEST)
BODIES = {kind.name: values(REQUEST["$defs"][kind.body.__name__], REQUEST) for kind in known_kinds()}


def judged(till: Till, operation: dict[str, Any]) -> dict[str, Any]:
    """Post it, twice; the answer follows its schema and is the same."""
    status, response = till.send("POST", "/pos/operations", {"operations": [operation]})
    assert status == 200, response
    validator(RESPONSE).validate(response)
    assert till.post(operation) == response["answers"]
    assert Operation.everywhere.filter(uuid=operation["id"]).exists() == (response["answers"][0]["state"] != "refused")
    return response["answers"][0]


def shape_refused(answer: dict[str, Any]) -> bool:
    """Whether the decoder, and not a judge, found it unreadable."""
    return any(mark["code"] == "unreadable" and OF_THE_DECODER.search(mark.get("detail", "")) for mark in answer["marks"])


def real(till: Till, operation: dict[str, Any], kind: str) -> dict[str, Any]:
    """The same with things that exist here, so that the judges get further."""
    body = operation["body"]
    good = till.settle(till.cart([(till.item("ESP"), "1")]), [till.item("ESP")])
    if "series" in body:
        body["series"] = till.snapshot["device"]["series"]
    if kind == "sale.settle":
        body["cart"]["currency"] = good["body"]["cart"]["currency"]
    return {**operation, "actor": till.actor, "shift": till.shift, "cursor": till.snapshot["cursor"], "at": good["at"]}


@pytest.mark.django_db
@pytest.mark.parametrize("kind", BODIES)
@slow_but_fine
@given(data=st.data())
def test_whatever_the_schema_allows_is_readable_and_never_a_defect(till: Till, kind: str, data: st.DataObject) -> None:
    # The world outlives an example: an id that is drawn twice would be the same act with another content.
    operation = {**data.draw(OPERATIONS), "id": str(uuid7()), "v": 1, "kind": kind, "body": data.draw(BODIES[kind])}
    if data.draw(st.booleans()):
        operation = real(till, operation, kind)
    validator(REQUEST).validate({"operations": [operation]})
    answer = judged(till, operation)
    assert not shape_refused(answer), answer
    assert "defect" not in {mark["code"] for mark in answer["marks"]}, answer


def spots(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """Every place inside a value."""
    parts = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [path, *(spot for key, part in parts for spot in spots(part, (*path, key)))]


def broken(value: Any, path: tuple[Any, ...], junk: Any, *, remove: bool) -> Any:
    """The value with one place changed or removed."""
    copy = deepcopy(value)
    inner = copy
    for key in path[:-1]:
        inner = inner[key]
    if remove:
        del inner[path[-1]]
    else:
        inner[path[-1]] = junk
    return copy


@pytest.mark.django_db
@settings(parent=slow_but_fine, max_examples=60)
@given(data=st.data())
def test_the_endpoint_and_the_schema_refuse_the_same(till: Till, data: st.DataObject) -> None:
    """One place of a good sale is broken: what the schema refuses is unreadable, what it allows is judged."""
    sale = till.sale([(till.item("ESP"), "1")])
    choices = [spot for spot in spots(sale) if spot and spot[0] not in {"id", "at"}]
    spot = data.draw(st.sampled_from(choices))
    junk = data.draw(st.sampled_from([None, True, 7, -1, 2**60, "x", "-5", "", [], {}, [1], {"x": 1}, "ž" * 300]))
    operation = broken(sale, spot, junk, remove=data.draw(st.booleans()))
    if operation.get("kind") != "sale.settle" or operation.get("v") != 1:
        return
    allowed = validator(REQUEST).is_valid({"operations": [operation]})
    answer = judged(till, operation)
    assert shape_refused(answer) is not allowed, (spot, junk, answer)
    assert "defect" not in {mark["code"] for mark in answer["marks"]}, (spot, junk, answer)
