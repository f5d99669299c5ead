"""JSON Schemas that are generated from the types which decode: written to their files, or compared with them."""

import json
from argparse import ArgumentParser
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import msgspec
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

DIALECT = "https://json-schema.org/draft/2020-12/schema"
REF = "#/$defs/{name}"
Schema = dict[str, Any]


def components(shapes: Sequence[Any]) -> tuple[tuple[Schema, ...], Schema]:
    """A schema for each shape, and the parts they refer to, by name."""
    roots, parts = msgspec.json.schema_components(shapes, ref_template=REF)
    return roots, {name: parts[name] for name in sorted(parts)}


def plain(title: str, shape: Any) -> Schema:
    """The schema of one shape as a document."""
    (root,), parts = components([shape])
    return {"$schema": DIALECT, "title": title, **root, "$defs": parts}


def text_of(schema: Schema) -> str:
    """A schema as its file holds it."""
    return json.dumps(schema, indent=1, ensure_ascii=False) + "\n"


class SchemaCommand(BaseCommand):
    """Writes into `docs/schemas`; `--check` only compares."""

    name: str

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--check", action="store_true", help="change nothing; fail when a file differs")

    def handle(self, *args: Any, **options: Any) -> None:
        folder: Path = settings.BASE_DIR / "docs" / "schemas"
        differ = []
        for name, schema in self.made().items():
            path = folder / name
            if options["check"]:
                if not path.exists() or path.read_text(encoding="utf-8") != text_of(schema):
                    differ.append(name)
            else:
                path.write_text(text_of(schema), encoding="utf-8")
        if differ:
            raise CommandError(f"{', '.join(differ)}: run manage.py {self.name}")

    def made(self) -> dict[str, Schema]:
        """Every schema by the name of its file."""
        raise NotImplementedError
