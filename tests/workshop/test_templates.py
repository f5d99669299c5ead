"""No template carries code or style of its own: the content security policy would refuse it in the browser."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
# Not pages of ours: paper and letters are styled by what is inside them.
NOT_PAGES = ("email", "pdf", "print")
RULES = {
    "script without src": re.compile(r"<script(?![^>]*\bsrc=)(?![^>]*type=\"application/json\")[^>]*>", re.IGNORECASE),
    "style element": re.compile(r"<style\b", re.IGNORECASE),
    "style attribute": re.compile(r"<[a-z][^<>]*\sstyle\s*=", re.IGNORECASE),
    "event handler": re.compile(r"<[a-z][^<>]*\son[a-z]+\s*=", re.IGNORECASE),
    "hx-on": re.compile(r"\shx-on[:\-=]", re.IGNORECASE),
    "code in hx-vals or hx-headers": re.compile(r"hx-(vals|headers)[a-z:]*=[\"']js:", re.IGNORECASE),
    "filter on hx-trigger": re.compile(r"hx-trigger=\"[^\"]*\["),
    "javascript address": re.compile(r"=\s*[\"']javascript:", re.IGNORECASE),
}


def findings(text: str) -> list[str]:
    """Names of the rules that a template breaks, with the line."""
    text = re.sub(r"\{#.*?#\}|\{% comment %\}.*?\{% endcomment %\}", lambda m: "\n" * m[0].count("\n"), text, flags=re.DOTALL)
    return [
        f"line {text.count(chr(10), 0, m.start()) + 1}: {name}" for name, rule in RULES.items() for m in rule.finditer(text)
    ]


def pages() -> list[Path]:
    return [p for p in sorted((ROOT / "templates").rglob("*.html")) if not set(NOT_PAGES) & set(p.relative_to(ROOT).parts)]


@pytest.mark.parametrize("path", pages(), ids=lambda p: str(p.relative_to(ROOT / "templates")))
def test_a_template_has_no_code_or_style_inside(path: Path) -> None:
    assert not findings(path.read_text(encoding="utf-8"))


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("<script>go()</script>", "script without src"),
        ('<p style="color: red">', "style attribute"),
        ("<p\n  class='x'\n  style='color: red'>", "style attribute"),
        ("<style>p {}</style>", "style element"),
        ('<button onclick="go()">', "event handler"),
        ('<div hx-on:click="go()">', "hx-on"),
        ("<div hx-vals='js:{a: 1}'>", "code in hx-vals or hx-headers"),
        ('<div hx-trigger="click[shiftKey]">', "filter on hx-trigger"),
        ('<a href="javascript:go()">', "javascript address"),
    ],
)
def test_each_rule_finds_what_it_is_for(text: str, rule: str) -> None:
    assert [finding.partition(": ")[2] for finding in findings(text)] == [rule]


@pytest.mark.parametrize(
    "text",
    [
        '<script type="module" src="{% static \'js/a.js\' %}"></script>',
        '<script type="application/json" id="data">{}</script>',
        '<p class="on style">onclick= is a word</p>',
        '<div hx-get="/x" hx-trigger="change delay:200ms" data-on="1">',
        "{# <p style='x'> #}",
    ],
)
def test_good_lines_pass(text: str) -> None:
    assert not findings(text)
