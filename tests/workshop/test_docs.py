"""What the documents list is what there is."""

import json
import re
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGES = (
    "smartpos",
    "printing",
    "inventory",
    "fiscal",
    "pos",
    "restaurant",
    "integrations",
    "backoffice",
    "scripts",
    "bench",
)
# Other people's variables, which we only honour.
FOREIGN = {"DJANGO_SETTINGS_MODULE", "NODE_EXTRA_CA_CERTS", "NPM_CONFIG_USERCONFIG", "XDG_CACHE_HOME", "K"}
READ = re.compile(
    r'(?:\benv\.(?:text|flag|whole|names|folder|address)\(|\bos\.environ(?:\.get|\.setdefault)?[(\[])\s*"([A-Z][A-Z_0-9]*)"'
)


def test_every_variable_is_documented_and_every_documented_one_is_read() -> None:
    sources = [path.read_text(encoding="utf-8") for folder in PACKAGES for path in (ROOT / folder).rglob("*.py")]
    read = {name for text in sources for name in READ.findall(text)} - FOREIGN
    rows = re.findall(r"^\| (`[A-Z].*?) \|", (ROOT / "docs/settings.md").read_text(encoding="utf-8"), re.MULTILINE)
    documented = {name for row in rows for name in re.findall(r"`([A-Z_0-9]+)`", row)}
    assert documented == read


def test_every_event_is_documented_and_every_documented_one_is_published() -> None:
    sources = [path.read_text(encoding="utf-8") for folder in PACKAGES for path in (ROOT / folder).rglob("events.py")]
    declared = {name for text in sources for name in re.findall(r'^    name = "([a-z.]+)"$', text, re.MULTILINE)}
    rows = re.findall(r"^\| (`.*?) \|", (ROOT / "docs/events.md").read_text(encoding="utf-8"), re.MULTILINE)
    assert {name for row in rows for name in re.findall(r"`([a-z.]+)`", row)} == declared


def test_every_direct_dependency_is_explained() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    groups = [project["project"]["dependencies"], *project["dependency-groups"].values()]
    python = {re.split(r"[\[=<>]", entry)[0] for group in groups for entry in group}
    browser = json.loads((ROOT / "package.json").read_text(encoding="utf-8"))
    wanted = python | set(browser["dependencies"]) | set(browser["devDependencies"])
    rows = re.findall(r"^\| ([^|]+) \|", (ROOT / "docs/dependencies.md").read_text(encoding="utf-8"), re.MULTILINE)
    explained = {name.split(" ")[0] for row in rows for name in row.split(", ")}
    assert wanted <= explained


def test_commands_that_the_documents_name_exist() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    targets = set(re.findall(r"^([a-z]+):", makefile, re.MULTILINE))
    texts = [path.read_text(encoding="utf-8") for path in (ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md")))]
    named = {name for text in texts for name in re.findall(r"(?:`|^    )make ([a-z]+)", text, re.MULTILINE)}
    assert {"run", "test"} <= named <= targets


def test_links_of_the_readme_lead_somewhere() -> None:
    links = re.findall(r"\]\(([^)#]+)\)", (ROOT / "README.md").read_text(encoding="utf-8"))
    missing = [link for link in links if not link.startswith("http") and not (ROOT / link).exists()]
    assert not missing


def test_the_continuous_run_uses_the_readmes_command() -> None:
    assert "    make test" in (ROOT / "README.md").read_text(encoding="utf-8")
    assert (ROOT / ".ci/run").read_text(encoding="utf-8").rstrip().endswith("exec make test")
