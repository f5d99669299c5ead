"""Writes `docs/schemas/pricing-*.schema.json` from the types by which the engine reads and answers; `--check` only compares."""

from functools import reduce
from operator import or_
from typing import Any

from pos.management.schemas import DIALECT, Schema, SchemaCommand, components, plain
from pos.pricing.protocol import OPERATIONS, REQUESTS
from pos.pricing.replies import Refusal


def schemas() -> dict[str, Schema]:
    """Every schema by the name of its file."""
    union: Any = reduce(or_, REQUESTS.values())
    return {
        "pricing-request.schema.json": plain("What the pricing engine is asked, one line each", union),
        "pricing-response.schema.json": _response(),
    }


def _response() -> Schema:
    """A result, whose shape hangs on the operation, or a refusal."""
    replies = list(dict.fromkeys(operation.reply for operation in OPERATIONS.values()))
    (refusal, *results), parts = components([Refusal, *replies])
    choices = [_only("result", {"anyOf": results}), _only("error", refusal)]
    by_operation = {name: {"$ref": f"#/$defs/{operation.reply.__name__}"} for name, operation in OPERATIONS.items()}
    return {
        "$schema": DIALECT,
        "title": "What the pricing engine answers, one line each",
        "description": "`x-results` names the shape of each operation's result.",
        "anyOf": choices,
        "x-results": by_operation,
        "$defs": parts,
    }


def _only(name: str, shape: Schema) -> Schema:
    return {"type": "object", "properties": {name: shape}, "required": [name], "additionalProperties": False}


class Command(SchemaCommand):
    help = "Write the JSON Schemas of the pricing engine into docs/schemas."
    name = "pricing_schemas"

    def made(self) -> dict[str, Schema]:
        return schemas()
