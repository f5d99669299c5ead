"""Static files as they travel: smaller, the same programs, made once for each build."""

import gzip
import os
import shutil
import subprocess
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any
from wsgiref.util import setup_testing_defaults

import pytest
from whitenoise import WhiteNoise

from pos.views.terminal import shell_files
from smartpos.web.packing import KEPT, packed

MAIN = r"""// what it is for
import { told } from "../lib/told.js";
/** @param {string} text */
export const found = (text) => /[/'"`]\/\/ +/.test(text) ? "// kept" : 'it\'s /* kept */';
export const sell = () => import("./sell.js");
globalThis.said = told("main");
"""
TOLD = "export const told = (text) => `// kept: ${text}   /* kept too */`;\nexport const nobody = 'asked for';\n"
SELL = """import { told } from "../lib/told.js";
export const worker = new URL("pack-worker.js", import.meta.url).href;
export const sold = told("sold");
"""
WORKER = 'import { told } from "../lib/told.js";\nconsole.log(told("worker"));\n'


@pytest.fixture
def source(tmp_path: Path) -> Path:
    """A small static folder."""
    folder = tmp_path / "source"
    for name, text in (
        ("js/pos/main.js", MAIN), ("js/pos/sell.js", SELL), ("js/pos/pack-worker.js", WORKER), ("js/lib/told.js", TOLD),
        ("js/told.js", "// alone\nvar told = 'told';\n" * 20), ("tiny.css", "a{}"),
    ):  # fmt: skip
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    (folder / "mark.png").write_bytes(bytes(range(256)))
    return folder


def test_modules_come_into_few_pieces_and_comments_go(source: Path, tmp_path: Path) -> None:
    made = packed(source, tmp_path / "packed", "one")
    scripts = {path.relative_to(made).as_posix(): path.read_text(encoding="utf-8") for path in made.rglob("*.js")}
    assert {"js/pos/main.js", "js/pos/pack-worker.js", "js/told.js"} < set(scripts)
    assert not {"js/pos/sell.js", "js/lib/told.js"} & set(scripts), "what is in a piece does not travel alone"
    [screen] = [name for name in scripts if name.startswith("js/pos/sell-")]
    assert screen.rpartition("/")[2] in scripts["js/pos/main.js"], "fetched when it is asked for"
    whole = "".join(scripts.values())
    assert "what it is for" not in whole
    assert "asked for" not in whole, "what nobody uses does not travel"
    assert "`// kept: ${" in whole
    assert "/* kept too */`" in whole
    assert "it's /* kept */" in whole
    assert "pack-worker.js" in scripts[screen], "beside it, as it is beside its source"
    assert "what it is for" in (made / "js/pos/main.js.map").read_text(encoding="utf-8"), "the way back to what is read"
    assert (made / "mark.png").read_bytes() == bytes(range(256))


def test_the_pieces_run(source: Path, tmp_path: Path) -> None:
    node = shutil.which("node")
    if node is None:
        pytest.skip("no Node")
    made = packed(source, tmp_path / "packed", "one")
    (made / "package.json").write_text('{"type": "module"}')
    said = "console.log(globalThis.said, sold, worker.split('/').slice(-3).join('/'))"
    asked = f"import('./js/pos/main.js').then(m => m.sell()).then(({{ sold, worker }}) => {said})"
    ran = subprocess.run([node, "-e", asked], cwd=made, capture_output=True, text=True, check=True, timeout=60)
    assert ran.stdout.strip() == "// kept: main   /* kept too */ // kept: sold   /* kept too */ js/pos/pack-worker.js"


def test_where_there_is_no_packer_scripts_travel_as_they_are_written(source: Path, tmp_path: Path) -> None:
    made = packed(source, tmp_path / "packed", "one", packer=tmp_path / "nothing")
    assert (made / "js/pos/main.js").read_text(encoding="utf-8") == MAIN
    assert (made / "js/lib/told.js").read_text(encoding="utf-8") == TOLD
    assert sorted(path.name for path in made.rglob("*.gz"))


def test_what_the_till_keeps_is_what_travels(settings: Any, tmp_path: Path) -> None:
    """The worker's list names files that there are: of the pieces where scripts were packed, of the sources otherwise."""
    settings.DATA_DIR = tmp_path
    sources = shell_files()
    assert any(name.endswith("js/pos/till.js") for name in sources)
    root = packed(settings.STATIC_DIR, tmp_path / "static", settings.STATIC_BUILD)
    pieces = shell_files()
    assert not any(name.endswith("js/pos/till.js") for name in pieces)
    assert all((root / name.removeprefix(settings.STATIC_URL)).is_file() for name in pieces)
    assert {f"{settings.STATIC_URL}js/pos/main.js", f"{settings.STATIC_URL}vendor/icons.svg"} < set(pieces)
    assert not any("/office/" in name or name.endswith((".map", ".gz")) for name in pieces)
    assert len(pieces) < len(sources) / 2


def test_whoever_takes_gzip_gets_it_and_nobody_else(source: Path, tmp_path: Path) -> None:
    root = packed(source, tmp_path / "packed", "one")
    application = WhiteNoise(lambda _environ, _start: [b""], root=root, prefix="/static/one/")

    def ask(**headers: str) -> tuple[dict[str, str], bytes]:
        environ: dict[str, str] = {}
        setup_testing_defaults(environ)
        environ |= {"PATH_INFO": "/static/one/js/told.js", **headers}
        got: dict[str, str] = {}
        body = b"".join(application(environ, lambda _status, given: got.update(given)))
        return got, body

    headers, body = ask(HTTP_ACCEPT_ENCODING="gzip, br")
    assert headers["Content-Encoding"] == "gzip"
    assert headers["Content-Type"].startswith("text/javascript")
    plain, text = ask()
    assert "Content-Encoding" not in plain
    assert gzip.decompress(body) == text


def test_several_processes_at_once_make_it_once_and_old_builds_go(source: Path, tmp_path: Path) -> None:
    folder = tmp_path / "packed"
    old = packed(source, folder, "old")
    with ThreadPoolExecutor(4) as pool:
        found = set(pool.map(lambda _: packed(source, folder, "new"), range(4)))
    assert found == {folder / "new"}
    assert old.is_dir(), "a process of the build before may still serve it"
    long_ago = time.time() - KEPT - 60
    os.utime(old, (long_ago, long_ago))
    packed(source, folder, "newer")
    assert sorted(path.name for path in folder.iterdir()) == ["new", "newer"]
