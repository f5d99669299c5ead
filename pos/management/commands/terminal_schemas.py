"""Writes `docs/schemas/terminal-*.schema.json` from the very types that the endpoint decodes with; `--check` only compares."""

from pos.management.schemas import DIALECT, Schema, SchemaCommand, components, plain
from pos.views.api import EnrolBody
from pos.views.approvals import ApproveBody
from pos.views.heartbeat import HeartbeatBody
from pos.views.identity import CardBody, PinBody
from pos.views.places import PlaceBody, PlacesBody
from smartpos.operations import envelope
from smartpos.operations.kinds import known_kinds


def schemas() -> dict[str, Schema]:
    """Every schema by the name of its file."""
    return {
        "terminal-operations-request.schema.json": _request(),
        "terminal-operations-response.schema.json": plain("What POST /pos/operations answers", envelope.Response),
        "terminal-enrol.schema.json": plain("What POST /pos/enrol takes", EnrolBody),
        "terminal-approve.schema.json": plain("What POST /pos/approve takes", ApproveBody),
        "terminal-pin.schema.json": plain("What POST /pos/pin and POST /pos/office-session take", PinBody),
        "terminal-card.schema.json": plain("What POST /pos/card takes", CardBody),
        "terminal-heartbeat.schema.json": plain("What POST /pos/heartbeat takes", HeartbeatBody),
        "terminal-places.schema.json": plain("What POST /pos/places takes", PlacesBody),
        "terminal-place.schema.json": plain("What POST /pos/place takes", PlaceBody),
    }


def _request() -> Schema:
    """An operation is its envelope, and its kind says which body it has."""
    kinds = known_kinds()
    (envelope_part, *bodies), parts = components([envelope.Operation, *(kind.body for kind in kinds)])
    choices = [
        {"properties": {"v": {"const": 1}, "kind": {"const": kind.name}, "body": body}}
        for kind, body in zip(kinds, bodies, strict=True)
    ]
    return {
        "$schema": DIALECT,
        "title": "What POST /pos/operations takes",
        "type": "object",
        "properties": {
            "operations": {
                "type": "array",
                "minItems": 1,
                "maxItems": envelope.MAX_OPERATIONS,
                "items": {"allOf": [envelope_part, {"oneOf": choices}]},
            }
        },
        "required": ["operations"],
        "additionalProperties": False,
        "$defs": parts,
    }


class Command(SchemaCommand):
    help = "Write the JSON Schemas of the terminal protocol into docs/schemas."
    name = "terminal_schemas"

    def made(self) -> dict[str, Schema]:
        return schemas()
