"""Texts with holes: `{{ name }}` and nothing else, so that a text which somebody writes can run nothing."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Self

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.html import escape

from smartpos.mail.types import COMMON, MailType

HOLE = re.compile(r"\{\{\s*([a-z][a-z0-9_]*)\s*\}\}")
LONGEST_SUBJECT = 200


@dataclass(frozen=True, slots=True)
class Texts:
    """The three texts of a type in a language, before their holes are filled."""

    subject: str
    text: str
    html: str


class Rich(str):  # noqa: SLOT000 - it carries its markup
    """A value that is shown otherwise in HTML: markup that a template made, where everything is escaped already."""

    html: str

    def __new__(cls, text: str, *, html: str) -> Self:
        made = super().__new__(cls, text)
        made.html = html
        return made


def texts_of(kind: MailType, language: str) -> Texts:
    """The texts as shipped."""
    return Texts(*(_shipped(kind.code, name.format(language)) for name in ("subject.{}.txt", "body.{}.txt", "body.{}.html")))


@cache
def _shipped(code: str, name: str) -> str:
    return (settings.BASE_DIR / "templates" / "email" / code / name).read_text(encoding="utf-8").strip()


def unknown_holes(kind: MailType, texts: Texts) -> set[str]:
    """Variables that a text uses and its type does not have."""
    used = {match[1] for text in (texts.subject, texts.text, texts.html) for match in HOLE.finditer(text)}
    return used - kind.names


def render(kind: MailType, language: str, values: Mapping[str, str], own: Texts | None = None) -> Texts:
    """Subject, plain text and HTML with every hole filled; values are escaped in HTML and cannot break a subject's line.

    `own` are the business's texts, which stand in the place of those that are shipped.
    """
    wrong = set(values) ^ set(kind.names)
    if wrong:
        raise LookupError(f"mail {kind.code}: variables missing or unknown: {', '.join(sorted(wrong))}")
    texts = own or texts_of(kind, language)
    subject = " ".join(fill(texts.subject, values).split())[:LONGEST_SUBJECT]
    body = fill(texts.html, {name: _markup(value) for name, value in values.items()})
    layout = {"body": body, "subject": subject, "language": language, "business_name": values["business_name"]}
    return Texts(subject, fill(texts.text, values), render_to_string("email/layout.html", layout))


def _markup(value: str) -> str:
    return value.html if isinstance(value, Rich) else str(escape(value))


def fill(text: str, values: Mapping[str, str]) -> str:
    """A text with its holes filled; a hole without a value stays, so that it is noticed. What was filled in is not read again."""
    return HOLE.sub(lambda match: values.get(match[1], match[0]), text)


def samples(kind: MailType) -> dict[str, str]:
    """An example for every variable."""
    return {variable.name: variable.sample for variable in (*COMMON, *kind.variables)}
