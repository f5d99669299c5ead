"""Catalogues of words.

python -m scripts.messages extract    collect the words of code and templates into locale/<language>/LC_MESSAGES/*.po
python -m scripts.messages compile    make the .mo files that Django reads; needs no gettext programs
"""

import shutil
import subprocess
import sys
from pathlib import Path

import polib

ROOT = Path(__file__).resolve().parents[1]
LANGUAGES = ("en", "bs")
IGNORED = ("static/vendor/*", "node_modules/*", "var/*", ".venv/*", "tests/*", "bench/*", "scripts/*", "docs/*")


def extract() -> int:
    """Merge what xgettext finds into the catalogues of both languages."""
    if shutil.which("xgettext") is None:
        print("messages: xgettext is missing: apt-get install gettext", file=sys.stderr)
        return 1
    command = [sys.executable, "manage.py", "makemessages", "--no-wrap", "--no-location", "--verbosity=0"]
    command += [f"--locale={language}" for language in LANGUAGES] + [f"--ignore={pattern}" for pattern in IGNORED]
    for domain in ("django", "djangojs"):
        done = subprocess.run([*command, f"--domain={domain}"], cwd=ROOT, check=False)
        if done.returncode:
            return done.returncode
    return compile_all()


def compile_all() -> int:
    """Every .po beside its .mo; a catalogue that cannot be read is named."""
    for source in sorted((ROOT / "locale").rglob("*.po")):
        try:
            catalogue = polib.pofile(str(source), check_for_duplicates=True)
        except (OSError, ValueError) as problem:
            print(f"messages: {source.relative_to(ROOT)}: {problem}", file=sys.stderr)
            return 1
        target = source.with_suffix(".mo")
        data = catalogue.to_binary()
        if not target.exists() or target.read_bytes() != data:
            target.write_bytes(data)
    return 0


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
