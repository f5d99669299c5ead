"""Numbers that scripts and forms read are written as machines write them: «1.234» is one and a bit to them."""

import re
from pathlib import Path

ROOT = Path(__file__).parents[3]
ATTRIBUTE = re.compile(r'\b(?:value|id|for|min|max|data-[a-z-]+)="[^"{]*\{\{ *([^}]*?) *\}\}')
NUMBER = re.compile(r"(?:^|[._])(?:version|count|number|pk|most|percent|done|up_to|seq|size)$")


def bare(text: str) -> list[str]:
    """Numbers in attributes that stand as people read them."""
    return [name for name in ATTRIBUTE.findall(text) if NUMBER.search(name)]


def test_no_attribute_groups_the_digits_of_a_number() -> None:
    wrong = {str(path): names for path in sorted(ROOT.glob("templates/**/*.html")) if (names := bare(path.read_text()))}
    assert wrong == {}


def test_the_look_finds_one() -> None:
    assert bare('<form data-most="{{ most }}"><input value="{{ customer.version }}">') == ["most", "customer.version"]
    assert bare('<form data-most="{{ most|unlocalize }}" data-word="{{ almost }}">') == []
