"""Fetch the browser's third-party files: needs neither Node nor anything outside the standard library.

    python scripts/assets.py          what pages load, into static/vendor/, and what packs it, into var/bin/
    python scripts/assets.py --tools  what checks and tests use, into var/tools/

Versions and SHA-512 digests stand in package-lock.json; a package whose digest differs is refused.
"""

import argparse
import io
import json
import platform
import re
import sys
import tarfile
from dataclasses import dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from scripts.npm import PackageRefused, Registry

ROOT = Path(__file__).resolve().parents[1]
ICONS = "icons.svg"
ICON_PACKAGE = "lucide-static"


@dataclass(frozen=True, slots=True)
class Wanted:
    """Files of one package, and the names that they get here."""

    package: str
    files: dict[str, str]


# The declarations beside idb.js are for the type checker; browsers never ask for them.
IDB_TYPES = ("entry", "database-extras", "async-iterators", "util", "wrap-idb-value")
PAGES = (
    Wanted("htmx.org", {"dist/htmx.min.js": "htmx.min.js"}),
    # Where the browser cannot read barcodes itself; both are fetched by a till only when somebody opens the camera.
    Wanted("barcode-detector", {"dist/iife/ponyfill.js": "barcode-detector.js"}),
    Wanted("zxing-wasm", {"dist/reader/zxing_reader.wasm": "zxing_reader.wasm"}),
    Wanted("sortablejs", {"modular/sortable.core.esm.js": "sortable.js"}),
    Wanted(
        "idb",
        {
            "build/index.js": "idb.js",
            "build/index.d.ts": "idb.d.ts",
            **{f"build/{name}.d.ts": f"{name}.d.ts" for name in IDB_TYPES},
        },
    ),
    Wanted(
        "@fontsource-variable/figtree",
        {f"files/figtree-{part}-wght-normal.woff2": f"figtree-{part}.woff2" for part in ("latin", "latin-ext")},
    ),
)


KINDS = {"x86_64": "x64", "amd64": "x64", "aarch64": "arm64"}


def machine() -> str:
    """This machine as packages of programs are named: `linux-x64`."""
    kind = platform.machine().lower()
    return f"{sys.platform}-{KINDS.get(kind, kind)}"


def tools() -> tuple[Wanted, ...]:
    """What checks and tests use; the type checker comes as a program for this machine."""
    return (
        Wanted("axe-core", {"axe.min.js": "axe.min.js"}),
        Wanted("htmx.org", {"dist/scripts/upgrade-check.py": "htmx_upgrade_check.py"}),
        Wanted(f"@typescript/typescript-{machine()}", {"lib/*": "tsc/*"}),
    )


def main(arguments: list[str] | None = None) -> int:
    """Put everything in place, and say which package was refused."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--tools", action="store_true", help="fetch what checks and tests use instead")
    parser.add_argument("--root", type=Path, default=ROOT, help=argparse.SUPPRESS)
    options = parser.parse_args(arguments)
    root: Path = options.root
    registry = Registry(json.loads((root / "package-lock.json").read_text(encoding="utf-8")), root)
    try:
        if options.tools:
            place(registry, tools(), root / "var" / "tools")
        else:
            fetch_pages(registry, root)
            fetch_packer(registry, root)
    except PackageRefused as refusal:
        print(f"assets: {refusal}", file=sys.stderr)
        return 1
    return 0


def fetch_pages(registry: Registry, root: Path) -> None:
    """Vendor folder, icon sprite and licences."""
    folder = root / "static" / "vendor"
    wanted = names_of_icons((root / "static" / "icons.txt").read_text(encoding="utf-8"))
    licences = place(registry, PAGES, folder)
    with unpacked(registry.tarball(ICON_PACKAGE)) as icons:
        write(folder / ICONS, sprite(icons, wanted))
        licences[ICON_PACKAGE] = read(icons, "LICENSE").decode()
    text = "\n\n".join(f"{name} {registry.version(name)}\n\n{licence.strip()}" for name, licence in sorted(licences.items()))
    write(folder / "LICENSES.txt", f"{text}\n".encode())


def fetch_packer(registry: Registry, root: Path) -> None:
    """The program that brings scripts into few small pieces. Where there is none for a machine they travel as they are written."""
    package = f"@esbuild/{machine()}"
    if not registry.names(package):
        print(f"assets: there is no esbuild for {machine()}; scripts travel as they are written", file=sys.stderr)
        return
    with unpacked(registry.tarball(package)) as archive:
        write(root / "var" / "bin" / "esbuild", read(archive, "bin/esbuild"), mode=0o755)


def place(registry: Registry, wanted: tuple[Wanted, ...], folder: Path) -> dict[str, str]:
    """Copy the wanted files out of their packages; answers the licences."""
    licences = {}
    for one in wanted:
        with unpacked(registry.tarball(one.package)) as archive:
            for source, target in one.files.items():
                for member in matching(archive, source):
                    path = folder / target.replace("*", Path(member.name).name)
                    write(path, read(archive, member.name.removeprefix("package/")), mode=member.mode)
            licences[one.package] = read(archive, "LICENSE").decode()
    return licences


def unpacked(data: bytes) -> tarfile.TarFile:
    """A package opened for reading."""
    return tarfile.open(fileobj=io.BytesIO(data), mode="r:gz")


def matching(archive: tarfile.TarFile, source: str) -> list[tarfile.TarInfo]:
    """The member of that name, or the files of a folder when the name ends in `*`."""
    if not source.endswith("*"):
        return [archive.getmember(f"package/{source}")]
    return [member for member in archive.getmembers() if member.isfile() and member.name.startswith(f"package/{source[:-1]}")]


def read(archive: tarfile.TarFile, name: str) -> bytes:
    """One file of a package."""
    file = archive.extractfile(f"package/{name}")
    if file is None:
        raise PackageRefused(f"{name} is not a file in its package")
    return file.read()


def write(path: Path, data: bytes, *, mode: int = 0o644) -> None:
    """Put a file in place whole; one that is the same already is left alone."""
    if path.exists() and path.read_bytes() == data:
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f".{path.name}.draft")
    draft.write_bytes(data)
    draft.chmod(0o755 if mode & 0o100 else 0o644)
    draft.replace(path)


def names_of_icons(text: str) -> list[str]:
    """The names listed in static/icons.txt: one a line, `#` begins a remark."""
    lines = (line.partition("#")[0].strip() for line in text.splitlines())
    return sorted({line for line in lines if line})


def sprite(archive: tarfile.TarFile, names: list[str]) -> bytes:
    """One SVG with a symbol per icon; colour and stroke come from the stylesheet."""
    symbols = []
    for name in names:
        try:
            text = read(archive, f"icons/{name}.svg").decode()
        except KeyError:
            raise PackageRefused(f"static/icons.txt: Lucide has no icon «{name}»") from None
        body = re.sub(r"\s*\n\s*", "", text[text.index(">", text.index("<svg")) + 1 : text.rindex("</svg>")])
        symbols.append(f'<symbol id="{name}" viewBox="0 0 24 24">{body}</symbol>')
    return ('<svg xmlns="http://www.w3.org/2000/svg">\n' + "\n".join(symbols) + "\n</svg>\n").encode()


if __name__ == "__main__":
    sys.exit(main())
