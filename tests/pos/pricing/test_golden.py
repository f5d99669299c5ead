"""The golden vectors: the engine's answers, and among them the figures that were reckoned by hand.

A new case is a line in `tests/golden/pricing.json`: name, request, `figures` by hand. `SMARTPOS_GOLDEN=write` fills in answers;
what changes in the file is then read like any other change.
"""

import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import msgspec
import pytest
from django.core.management import call_command
from jsonschema import Draft202012Validator

from pos.management.commands.pricing_schemas import schemas
from pos.pricing.protocol import OPERATIONS, answer

ROOT = Path(__file__).parents[3]
VECTORS = ROOT / "tests" / "golden" / "pricing.json"
CASES: list[dict[str, Any]] = json.loads(VECTORS.read_text(encoding="utf-8"))
REFUSALS = (ROOT / "docs" / "pricing.md").read_text(encoding="utf-8")


def answered(request: Any) -> Any:
    """The engine's answer as it is written."""
    return json.loads(msgspec.json.encode(answer(json.dumps(request).encode())))


def at(value: Any, path: str) -> Any:
    """A place inside an answer, as `result.lines.0.net`."""
    for part in path.split("."):
        value = value[int(part)] if isinstance(value, list) else value[part]
    return value


def operation_of(case: dict[str, Any]) -> str:
    """What a case asks, or nothing."""
    asked = case["request"]
    return str(asked["op"]) if isinstance(asked, dict) and "op" in asked else ""


if os.environ.get("SMARTPOS_GOLDEN") == "write":
    for written in CASES:
        written["answer"] = answered(written["request"])
    lines = ",\n".join(json.dumps(case, ensure_ascii=False) for case in CASES)
    VECTORS.write_text(f"[\n{lines}\n]\n", encoding="utf-8")


def test_the_vectors_cover_every_operation_and_every_refusal() -> None:
    assert len(CASES) > 300
    assert len({case["name"] for case in CASES}) == len(CASES)
    done = {operation_of(case) for case in CASES if "result" in case["answer"]}
    assert done == set(OPERATIONS)
    source = "\n".join(path.read_text(encoding="utf-8") for path in (ROOT / "pos" / "pricing").glob("*.py"))
    named = set(re.findall(r'(?:PricingError\(\s*|once\(|Refusal\()"([a-z_]+)"', source))
    assert len(named) > 35
    assert named - {case["answer"].get("error", {}).get("code") for case in CASES} == set()
    assert {code for code in named if f"`{code}`" not in REFUSALS} == set(), "docs/pricing.md lists them all"


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_the_engine_gives_the_golden_answer(case: dict[str, Any]) -> None:
    given = answered(case["request"])
    assert given == case["answer"]
    for path, value in case["figures"].items():
        assert at(given, path) == value, path


def test_the_command_answers_line_by_line() -> None:
    text = "".join(json.dumps(case["request"]) + "\n" for case in CASES) + "not JSON\n\n"
    ran = subprocess.run(
        [sys.executable, "-m", "pos.pricing"], input=text, capture_output=True, text=True, check=True, cwd=ROOT
    )
    malformed = {"error": {"code": "malformed", "params": {}}}
    assert [json.loads(line) for line in ran.stdout.splitlines()] == [*(case["answer"] for case in CASES), malformed, malformed]


def test_bytes_that_are_no_text_are_malformed() -> None:
    deep, lonely = b'{"op":' * 2000, b'{"op": "gratis_split", "gratis_split": {"quantity": "\\ud800"}}'
    for junk in (b"\xff", b'{"op": "\xff"}', b"{" * 100_000, deep, lonely):
        assert json.loads(msgspec.json.encode(answer(junk))) == {"error": {"code": "malformed", "params": {}}}


def test_the_schema_files_are_what_the_engine_reads_and_answers_with() -> None:
    call_command("pricing_schemas", "--check")


def test_requests_and_answers_follow_their_schemas() -> None:
    made = schemas()
    for schema in made.values():
        Draft202012Validator.check_schema(schema)
    request = Draft202012Validator(made["pricing-request.schema.json"])
    response = made["pricing-response.schema.json"]
    whole = Draft202012Validator(response)
    results = {
        name: Draft202012Validator({"$ref": f"{response['x-results'][name]['$ref']}", "$defs": response["$defs"]})
        for name in OPERATIONS
    }
    for case in CASES:
        code = case["answer"].get("error", {}).get("code")
        assert request.is_valid(case["request"]) is (code not in {"malformed", "unknown_op"}), case["name"]
        whole.validate(case["answer"])
        if "result" in case["answer"]:
            results[operation_of(case)].validate(case["answer"]["result"])
