"""Values that a JSON Schema allows, for the part of the language that the terminal's schemas use."""

import string
from datetime import UTC, timedelta, timezone
from typing import Any

from hypothesis import strategies as st

Schema = dict[str, Any]
Values = st.SearchStrategy[Any]

# Plain strings of a cart are numbers, ids and codes; most of what is tried should look like it.
NUMBERS = ["0", "1", "2", "2.5", "2.50", "17", "0.001", "99999999999", "100", "-1", "1e3", "01", "3.33333", ""]
PLAIN = st.sampled_from(NUMBERS) | st.text(st.characters(codec="utf-8", exclude_characters="\x00"), max_size=12)
ZONES = [UTC, timezone(timedelta(hours=14)), timezone(timedelta(hours=-12)), timezone(timedelta(minutes=345))]


def values(schema: Schema, root: Schema) -> Values:
    """A strategy for everything that the schema allows (within reason)."""
    if "$ref" in schema:
        return values(root["$defs"][schema["$ref"].rpartition("/")[2]], root)
    if "const" in schema:
        return st.just(schema["const"])
    if "enum" in schema:
        return st.sampled_from(schema["enum"])
    if "anyOf" in schema:
        return st.one_of([values(each, root) for each in schema["anyOf"]])
    kinds = {
        "null": st.none,
        "boolean": st.booleans,
        "integer": lambda: st.integers(schema.get("minimum", -(2**40)), schema.get("maximum", 2**40)),
        "string": lambda: _strings(schema),
        "array": lambda: st.lists(values(schema.get("items", {}), root), min_size=schema.get("minItems", 0), max_size=3),
        "object": lambda: _objects(schema, root),
    }
    return kinds[schema["type"]]()


def _strings(schema: Schema) -> Values:
    made = {
        "uuid": st.uuids().map(str),
        "date": st.dates().map(lambda day: day.isoformat()),
        "date-time": st.datetimes(timezones=st.sampled_from(ZONES)).map(lambda at: at.isoformat()),
    }
    if "format" in schema:
        return made[schema["format"]]
    least, most = schema.get("minLength", 0), schema.get("maxLength", 20)
    pattern = schema.get("pattern", "")
    if pattern and "\\x00" not in pattern:
        ascii_only = st.characters(codec="ascii")
        return st.from_regex(pattern.rstrip("$") + r"\Z", alphabet=ascii_only).filter(lambda text: least <= len(text) <= most)
    if not least and "maxLength" not in schema:
        return PLAIN
    return st.text(string.printable + "ćžđ€", min_size=least, max_size=min(most, 30))


def _objects(schema: Schema, root: Schema) -> Values:
    if "properties" not in schema:
        keys = st.sampled_from(["p", "", "01934b7e-0000-7000-8000-000000000000"])
        return st.dictionaries(keys, values(schema["additionalProperties"], root), max_size=2)
    required = set(schema.get("required", ()))
    parts = {name: values(part, root) for name, part in schema["properties"].items() if part}
    return st.fixed_dictionaries(
        {name: part for name, part in parts.items() if name in required},
        optional={name: part for name, part in parts.items() if name not in required},
    )
