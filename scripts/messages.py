"""Catalogues of words.

python -m scripts.messages extract    collect the words of code and templates into locale/<language>/LC_MESSAGES/*.po
python -m scripts.messages compile    make the .mo files that Django reads; needs no gettext programs
"""

import re
import shutil
import subprocess
import sys
from pathlib import Path

import polib

ROOT = Path(__file__).resolve().parents[1]
PLURALS = {
    "en": "nplurals=2; plural=(n != 1);",
    "bs": "nplurals=3; plural=(n%10==1 && n%100!=11 ? 0 : n%10>=2 && n%10<=4 && (n%100<10 || n%100>=20) ? 1 : 2);",
}
HOLE = re.compile(r"%\(\w+\)[a-z]|%[sd]|\{\w+\}")
IGNORED = ("static/vendor/*", "node_modules/*", "var/*", ".venv/*", "tests/*", "bench/*", "scripts/*", "docs/*")


def extract() -> int:
    """Merge what xgettext finds into the catalogues of both languages."""
    if shutil.which("xgettext") is None:
        print("messages: xgettext is missing: apt-get install gettext", file=sys.stderr)
        return 1
    for language in PLURALS:
        (ROOT / "locale" / language / "LC_MESSAGES").mkdir(parents=True, exist_ok=True)
    command = [sys.executable, "manage.py", "makemessages", "--no-wrap", "--no-location", "--no-obsolete", "--verbosity=0"]
    command += [f"--locale={language}" for language in PLURALS] + [f"--ignore={pattern}" for pattern in IGNORED]
    for domain in ("django", "djangojs"):
        done = subprocess.run([*command, f"--domain={domain}"], cwd=ROOT, check=False)
        if done.returncode:
            return done.returncode
    for path in catalogues():
        settle(path)
    return compile_all()


def settle(path: Path) -> None:
    """No guesses and no hour of making: what xgettext only resembles is emptied, and a run without news changes no file."""
    catalogue = polib.pofile(str(path), wrapwidth=0)
    catalogue.metadata_is_fuzzy = False
    catalogue.header = "SmartPOS"
    catalogue.metadata = {
        "Project-Id-Version": "SmartPOS",
        "Language": path.parts[-3],
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit",
        "Plural-Forms": PLURALS[path.parts[-3]],
    }
    for entry in catalogue:
        if entry.fuzzy:
            entry.flags.remove("fuzzy")
            entry.previous_msgid = entry.previous_msgctxt = entry.previous_msgid_plural = None
            entry.msgstr, entry.msgstr_plural = "", dict.fromkeys(entry.msgstr_plural, "")
    catalogue.sort(key=lambda entry: (entry.msgid.casefold(), entry.msgctxt or ""))
    catalogue.save(str(path))


def catalogues() -> list[Path]:
    """All of them."""
    return sorted((ROOT / "locale").rglob("*.po"))


def compile_all() -> int:
    """Every .po beside its .mo; a catalogue that cannot be read is named."""
    for source in catalogues():
        try:
            catalogue = polib.pofile(str(source), check_for_duplicates=True)
        except (OSError, ValueError) as problem:
            print(f"messages: {source.relative_to(ROOT)}: {problem}", file=sys.stderr)
            return 1
        wrong = [entry.msgid for entry in catalogue if not same_holes(entry)]
        if wrong:
            print(f"messages: {source.relative_to(ROOT)}: other placeholders than the original: {wrong}", file=sys.stderr)
            return 1
        target = source.with_suffix(".mo")
        data = catalogue.to_binary()
        if not target.exists() or target.read_bytes() != data:
            target.write_bytes(data)
    return 0


def same_holes(entry: polib.POEntry) -> bool:
    """Whether a translation leaves the same places open as what it translates; a plural's form may do without the number."""
    texts = [text for text in (entry.msgstr, *entry.msgstr_plural.values()) if text]
    wanted = set(HOLE.findall(entry.msgid)) | set(HOLE.findall(entry.msgid_plural))
    return all(set(HOLE.findall(text)) <= wanted if entry.msgid_plural else set(HOLE.findall(text)) == wanted for text in texts)


def main() -> int:
    """Extract or compile."""
    actions = {"extract": extract, "compile": compile_all}
    action = actions.get(sys.argv[1] if len(sys.argv) == 2 else "")
    if action is None:
        print(__doc__, file=sys.stderr)
        return 2
    return action()


if __name__ == "__main__":
    sys.exit(main())
