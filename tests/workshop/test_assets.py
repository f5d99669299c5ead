"""Browser files: only the very bytes that the lock file names."""

import base64
import hashlib
import io
import json
import tarfile
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest

from scripts import assets
from scripts.npm import PackageRefused, Registry, npm_settings

ROOT = Path(__file__).resolve().parents[2]


def package(**files: str) -> bytes:
    """An archive as the registry has it."""
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w:gz") as archive:
        for name, text in files.items():
            info = tarfile.TarInfo(f"package/{name}")
            info.size = len(text.encode())
            archive.addfile(info, io.BytesIO(text.encode()))
    return out.getvalue()


def integrity(data: bytes) -> str:
    return "sha512-" + base64.b64encode(hashlib.sha512(data).digest()).decode()


@pytest.fixture
def shelf(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[dict[str, bytes]]:
    """A registry on this machine, which the environment names as npm's; its packages by path."""
    packages: dict[str, bytes] = {}

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            data = packages.get(self.path)
            self.send_response(200 if data else 404)
            self.end_headers()
            self.wfile.write(data or b"")

        def log_message(self, *args: object) -> None:
            pass

    server = HTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    monkeypatch.setenv("npm_config_registry", f"http://127.0.0.1:{server.server_port}/")
    monkeypatch.setenv("NPM_CONFIG_USERCONFIG", str(tmp_path / "absent"))
    monkeypatch.setenv("SMARTPOS_ASSET_CACHE", str(tmp_path / "cache"))
    for name in ("http_proxy", "HTTP_PROXY"):
        monkeypatch.delenv(name, raising=False)
    yield packages
    server.shutdown()
    server.server_close()


def lock(data: bytes) -> dict[str, object]:
    resolved = "https://registry.invalid/one/-/one-1.0.0.tgz"
    return {"packages": {"node_modules/one": {"version": "1.0.0", "resolved": resolved, "integrity": integrity(data)}}}


def test_a_package_comes_from_this_machines_registry_and_then_from_the_cache(shelf: dict[str, bytes], tmp_path: Path) -> None:
    data = package(LICENSE="free")
    shelf["/one/-/one-1.0.0.tgz"] = data
    assert Registry(lock(data), tmp_path).tarball("one") == data
    shelf.clear()
    assert Registry(lock(data), tmp_path).tarball("one") == data


def test_other_bytes_than_the_locked_ones_are_refused(shelf: dict[str, bytes], tmp_path: Path) -> None:
    shelf["/one/-/one-1.0.0.tgz"] = package(LICENSE="tampered")
    with pytest.raises(PackageRefused, match=r"one 1\.0\.0.*SHA-512 differs"):
        Registry(lock(package(LICENSE="free")), tmp_path).tarball("one")


def test_a_cache_that_was_tampered_with_is_not_believed(shelf: dict[str, bytes], tmp_path: Path) -> None:
    data = package(LICENSE="free")
    shelf["/one/-/one-1.0.0.tgz"] = data
    Registry(lock(data), tmp_path).tarball("one")
    [kept] = (tmp_path / "cache").iterdir()
    kept.write_bytes(package(LICENSE="tampered"))
    assert Registry(lock(data), tmp_path).tarball("one") == data


def test_a_package_outside_the_lock_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(PackageRefused, match="does not name two"):
        Registry(lock(b""), tmp_path).tarball("two")


def test_the_projects_npmrc_wins_over_the_users(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv("npm_config_registry", raising=False)
    monkeypatch.setenv("NPM_CONFIG_USERCONFIG", str(tmp_path / "user"))
    (tmp_path / "user").write_text("registry=https://user.invalid/\n@scope:registry=https://scope.invalid/\n")
    (tmp_path / ".npmrc").write_text("registry = https://project.invalid/\n")
    found = npm_settings(tmp_path)
    assert found["registry"] == "https://project.invalid/"
    assert found["@scope:registry"] == "https://scope.invalid/"


def test_the_sprite_holds_the_listed_icons_and_an_unknown_one_is_named() -> None:
    svg = '<!-- licence -->\n<svg\n  class="x"\n  width="24"\n>\n  <path d="M1 1" />\n</svg>\n'
    archive = package(**{"icons/cart.svg": svg})
    assert assets.names_of_icons("# a remark\ncart  # why\n\n") == ["cart"]
    with assets.unpacked(archive) as icons:
        text = assets.sprite(icons, ["cart"]).decode()
        assert '<symbol id="cart" viewBox="0 0 24 24"><path d="M1 1" /></symbol>' in text
        with pytest.raises(PackageRefused, match="ghost"):
            assets.sprite(icons, ["ghost"])


def test_every_package_is_locked_with_its_licence_and_digest() -> None:
    packages = json.loads((ROOT / "package-lock.json").read_text())["packages"]
    wanted = json.loads((ROOT / "package.json").read_text())
    for name, version in {**wanted["dependencies"], **wanted["devDependencies"]}.items():
        entry = packages[f"node_modules/{name}"]
        assert entry["version"] == version, "versions are exact"
        assert entry["integrity"].startswith("sha512-")
