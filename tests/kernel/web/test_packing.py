"""Static files as they travel: smaller, the same programs, made once for each build."""

import gzip
import os
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from wsgiref.util import setup_testing_defaults

import pytest
from whitenoise import WhiteNoise

from smartpos.web.packing import KEPT, packed

SCRIPT = r"""// what it is for
/** @param {string} text */
export const told = (text) => `// kept: ${text}   /* kept too */`;
export const found = (text) => /[/'"`]\/\/ +/.test(text) ? "// kept" : 'it\'s /* kept */';
"""


@pytest.fixture
def source(tmp_path: Path) -> Path:
    """A small static folder."""
    folder = tmp_path / "source"
    (folder / "js").mkdir(parents=True)
    (folder / "js" / "told.js").write_text(SCRIPT * 20, encoding="utf-8")
    (folder / "tiny.css").write_text("a{}", encoding="utf-8")
    (folder / "mark.png").write_bytes(bytes(range(256)))
    return folder


def test_comments_go_and_texts_that_look_like_them_stay(source: Path, tmp_path: Path) -> None:
    made = packed(source, tmp_path / "packed", "one")
    script = (made / "js" / "told.js").read_text(encoding="utf-8")
    assert "what it is for" not in script
    assert "@param" not in script
    assert "`// kept: ${text}   /* kept too */`" in script
    assert r"""/[/'"`]\/\/ +/""" in script
    assert r"""'it\'s /* kept */'""" in script
    assert (made / "mark.png").read_bytes() == bytes(range(256))
    assert sorted(path.name for path in made.rglob("*.gz")) == ["told.js.gz"]
    assert gzip.decompress((made / "js" / "told.js.gz").read_bytes()).decode() == script


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
