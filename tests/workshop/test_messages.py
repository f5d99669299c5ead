"""Catalogues: compiled without gettext's programs, quiet when nothing changed, and never with a hole that cannot be filled."""

import re
from pathlib import Path

import polib
import pytest

from scripts import messages
from tests.architecture.product import ROOT, source_files

HEADER = 'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=UTF-8\\n"\n\n'


@pytest.fixture
def catalogue(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(messages, "ROOT", tmp_path)
    path = tmp_path / "locale" / "bs" / "LC_MESSAGES" / "django.po"
    path.parent.mkdir(parents=True)
    return path


def test_what_is_translated_is_compiled(catalogue: Path) -> None:
    catalogue.write_text(HEADER + 'msgid "Pay"\nmsgstr "Plati"\n\nmsgid "Later"\nmsgstr ""\n')
    assert messages.compile_all() == 0
    assert [(e.msgid, e.msgstr) for e in polib.mofile(str(catalogue.with_suffix(".mo")))] == [("Pay", "Plati")]


@pytest.mark.parametrize("wrong", ["Ukupno", "Ukupno %(sum)s", "Ukupno {total}"])
def test_a_translation_with_other_placeholders_is_refused_by_name(
    catalogue: Path, wrong: str, capsys: pytest.CaptureFixture[str]
) -> None:
    catalogue.write_text(HEADER + f'msgid "Total %(total)s"\nmsgstr "{wrong}"\n')
    assert messages.compile_all() == 1
    assert "Total %(total)s" in capsys.readouterr().err


def test_guesses_of_xgettext_are_emptied(catalogue: Path) -> None:
    catalogue.write_text(HEADER + '#, fuzzy\n#| msgid "Pay"\nmsgid "Pay later"\nmsgstr "Plati"\n')
    messages.settle(catalogue)
    [entry] = polib.pofile(str(catalogue))
    assert (entry.msgstr, entry.fuzzy, entry.previous_msgid) == ("", False, None)


def test_settling_twice_changes_nothing(catalogue: Path) -> None:
    catalogue.write_text(HEADER + 'msgid "b"\nmsgstr "č"\n\nmsgid "A"\nmsgstr ""\n')
    messages.settle(catalogue)
    once = catalogue.read_text()
    messages.settle(catalogue)
    assert catalogue.read_text() == once
    assert once.index('"A"') < once.index('"b"')


def test_words_are_marked_by_names_that_the_collector_knows() -> None:
    """`gettext as _now` translates at run time, but nobody ever finds its words."""
    known = re.compile(r"import (?:n|p|np)?gettext(?:_lazy|_noop)?(?: as _)?$")
    odd = [
        f"{path.relative_to(ROOT)}: {line.strip()}"
        for path in source_files()
        for line in path.read_text(encoding="utf-8").splitlines()
        if "django.utils.translation import" in line and re.search(r"gettext\w* as", line) and not known.search(line.strip())
    ]
    assert odd == []
