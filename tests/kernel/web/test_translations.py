"""No word stays in one language."""

import inspect
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import polib
import pytest
from django import forms
from django.contrib.auth.password_validation import validate_password
from django.core import validators
from django.core.exceptions import ValidationError
from django.utils import translation

from smartpos.people.models import User
from smartpos.web.borrowed import COUNTED

ROOT = Path(__file__).parents[3]


@pytest.mark.parametrize("path", sorted(ROOT.glob("locale/bs/LC_MESSAGES/*.po")), ids=lambda path: path.name)
def test_every_word_is_translated(path: Path) -> None:
    left = [entry.msgid for entry in polib.pofile(str(path)) if not entry.translated() or entry.fuzzy]
    assert left == []


def sentences() -> Iterator[Any]:
    """What the framework's fields and validators say of what they do not take."""
    for _name, kind in inspect.getmembers(forms, inspect.isclass):
        if issubclass(kind, forms.Field):
            yield from kind.default_error_messages.values()
    for _name, kind in inspect.getmembers(validators, inspect.isclass):
        if isinstance(getattr(kind, "message", None), str) or hasattr(getattr(kind, "message", None), "_proxy____args"):
            yield kind.message
    yield from COUNTED


def said(sentence: Any, language: str) -> str:
    """A sentence in a language; one that counts, of five."""
    numbers = dict.fromkeys(("limit_value", "show_value", "max", "length", "min_length"), 5)
    with translation.override(language):
        for filling in (numbers, 5):
            try:
                return str(sentence % filling)
            except (KeyError, TypeError, ValueError):
                continue
        return str(sentence)


def test_what_the_framework_says_of_a_wrong_input_is_bosnian_too() -> None:
    everything = list(sentences())
    assert len(everything) > 30
    assert [one for one in {said(s, "en") for s in everything} if one in {said(s, "bs") for s in everything}] == []


@pytest.mark.parametrize("password", ["short", "password12", "amra@primjer.example"])
def test_a_refused_password_says_why_in_bosnian(password: str) -> None:
    why: dict[str, list[str]] = {}
    for language in ("en", "bs"):
        with translation.override(language), pytest.raises(ValidationError) as refused:
            validate_password(password, User(email="amra@primjer.example"))
        why[language] = refused.value.messages
    assert len(why["bs"]) == len(why["en"])
    assert not set(why["bs"]) & set(why["en"])
