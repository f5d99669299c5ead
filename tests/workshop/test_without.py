"""What a machine may lack without the product refusing to start."""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
START = """
import sys
for name in sys.argv[1:]:
    sys.modules[name] = None  # as if its libraries were not there
import smartpos.asgi
from django.urls import get_resolver
assert get_resolver().url_patterns
"""


def test_without_the_libraries_of_pdf_everything_else_starts(tmp_path: Path) -> None:
    """Decision 25: without root the set-up names the missing Debian packages and goes on."""
    env = {**os.environ, "SMARTPOS_DATA_DIR": str(tmp_path), "DATABASE_URL": "", "REDIS_URL": ""}
    done = subprocess.run([sys.executable, "-c", START, "weasyprint"], cwd=ROOT, env=env, capture_output=True, text=True)
    assert done.returncode == 0, f"import weasyprint where a PDF is made, not at the top of a module:\n{done.stderr[-600:]}"


def test_tools_of_tests_are_not_needed_to_run(tmp_path: Path) -> None:
    tools = ("pytest", "hypothesis", "playwright", "yaml", "jsonschema", "time_machine", "django_stubs_ext")
    env = {**os.environ, "SMARTPOS_DATA_DIR": str(tmp_path), "DATABASE_URL": "", "REDIS_URL": ""}
    done = subprocess.run([sys.executable, "-c", START, *tools], cwd=ROOT, env=env, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr[-600:]
