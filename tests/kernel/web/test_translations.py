"""No word stays in one language."""

from pathlib import Path

import polib
import pytest

ROOT = Path(__file__).parents[3]


@pytest.mark.parametrize("path", sorted(ROOT.glob("locale/bs/LC_MESSAGES/*.po")), ids=lambda path: path.name)
def test_every_word_is_translated(path: Path) -> None:
    left = [entry.msgid for entry in polib.pofile(str(path)) if not entry.translated() or entry.fuzzy]
    assert left == []
