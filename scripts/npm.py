"""Packages by package-lock.json: fetched from the registry that this machine uses, verified, and kept in a cache."""

import base64
import hashlib
import io
import os
import re
import ssl
import tarfile
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

TRIES = 3
TIMEOUT = 60
NPMRC_LINE = re.compile(r"^\s*([\w@:/.-]*registry|proxy|https-proxy|cafile)\s*=\s*(\S+)\s*$", re.MULTILINE)


class PackageRefused(Exception):
    """A package cannot be had, or is not the one that the lock file names."""


class Registry:
    """What package-lock.json pins, and where this machine gets it."""

    def __init__(self, lock: dict[str, Any], root: Path) -> None:
        self._packages: dict[str, dict[str, Any]] = lock["packages"]
        self._settings = npm_settings(root)
        cache = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
        self._cache = Path(os.environ.get("SMARTPOS_ASSET_CACHE") or Path(cache) / "smartpos" / "packages")

    def version(self, package: str) -> str:
        """The pinned version."""
        return str(self._entry(package)["version"])

    def names(self, package: str) -> bool:
        """Whether the lock file names it."""
        return f"node_modules/{package}" in self._packages

    def tarball(self, package: str) -> bytes:
        """The package's archive, with the very bytes that the lock file names."""
        return self._fetched(package, self._entry(package))

    def _fetched(self, package: str, entry: dict[str, Any]) -> bytes:
        kept = self._cache / f"{package.replace('/', '+')}-{entry['version']}.tgz"
        if kept.exists() and is_intact(data := kept.read_bytes(), entry["integrity"]):
            return data
        address = self._address(package, entry)
        data = self._download(address)
        if not is_intact(data, entry["integrity"]):
            raise PackageRefused(
                f"{package} {entry['version']}: what {address} sent is not what package-lock.json names (SHA-512 differs)"
            )
        self._keep(kept, data)
        return data

    def unpack(self, folder: Path) -> None:
        """Everything that the lock file names, in its places below a folder, as `npm ci` would put it."""
        for place, entry in self._packages.items():
            if not place or entry.get("optional") or entry.get("dev"):
                continue
            package = place.rpartition("node_modules/")[2]
            with tarfile.open(fileobj=io.BytesIO(self._fetched(package, entry)), mode="r:gz") as archive:
                archive.extractall(folder / place, members=_inside(archive), filter="data")

    def _entry(self, package: str) -> dict[str, Any]:
        entry = self._packages.get(f"node_modules/{package}")
        if entry is None:
            raise PackageRefused(f"package-lock.json does not name {package}")
        return entry

    def _address(self, package: str, entry: dict[str, Any]) -> str:
        """The lock file's address, moved to the machine's own registry where one is set, as npm does it."""
        scope = package.partition("/")[0] if package.startswith("@") else ""
        own = self._settings.get(f"{scope}:registry") or self._settings.get("registry")
        if own is None:
            return str(entry["resolved"])
        return own.rstrip("/") + urlsplit(str(entry["resolved"])).path

    def _download(self, address: str) -> bytes:
        scheme = urlsplit(address).scheme
        proxy = self._settings.get("https-proxy") or self._settings.get("proxy")
        handlers: list[urllib.request.BaseHandler] = [urllib.request.HTTPSHandler(context=self._trust())]
        if proxy:
            handlers.append(urllib.request.ProxyHandler({scheme: proxy}))
        opener = urllib.request.build_opener(*handlers)
        for last in range(TRIES):
            try:
                with opener.open(address, timeout=TIMEOUT) as answer:
                    data: bytes = answer.read()
                    return data
            except (urllib.error.URLError, OSError) as error:
                if last == TRIES - 1 or isinstance(error, urllib.error.HTTPError):
                    raise PackageRefused(f"{address}: {error}") from error
        raise AssertionError("unreachable")

    def _trust(self) -> ssl.SSLContext:
        context = ssl.create_default_context()
        for extra in (self._settings.get("cafile"), os.environ.get("NODE_EXTRA_CA_CERTS")):
            if extra and Path(extra).is_file():
                context.load_verify_locations(extra)
        return context

    def _keep(self, path: Path, data: bytes) -> None:
        """Best effort: a home that cannot be written to must not stop the set-up."""
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            draft = path.with_name(f".{path.name}.{os.getpid()}")
            draft.write_bytes(data)
            draft.replace(path)
        except OSError:
            return


def _inside(archive: tarfile.TarFile) -> Iterator[tarfile.TarInfo]:
    """The archive's files without its first folder, whatever that is called."""
    for member in archive.getmembers():
        inner = member.name.partition("/")[2]
        if inner and member.isfile():
            yield member.replace(name=inner, deep=False)


def is_intact(data: bytes, integrity: str) -> bool:
    """Whether data has a SHA-512 that the lock file names."""
    digest = "sha512-" + base64.b64encode(hashlib.sha512(data).digest()).decode()
    return digest in integrity.split()


def npm_settings(root: Path) -> dict[str, str]:
    """Registry, proxy and CA as npm reads them: environment, then the project's .npmrc, then the user's."""
    settings: dict[str, str] = {}
    user = Path(os.environ.get("NPM_CONFIG_USERCONFIG") or Path.home() / ".npmrc")
    for path in (user, root / ".npmrc"):
        if path.is_file():
            settings.update(NPMRC_LINE.findall(path.read_text(encoding="utf-8")))
    for name, value in os.environ.items():
        if value and (found := re.fullmatch(r"npm_config_(registry|proxy|https_proxy|cafile)", name.lower())):
            settings[found[1].replace("_", "-")] = value
    return settings
