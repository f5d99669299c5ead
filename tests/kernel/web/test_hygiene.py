"""What every page and door owes whoever uses it on a hostile network: one look at each promise of SEC-15."""

import ast
import io
import json
import re
import tomllib
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.template import engines
from django.test import Client
from PIL import Image

from inventory.services.categories import create_category
from smartpos.context import acting
from smartpos.crypto import unseal
from smartpos.people.models import SecondFactor
from smartpos.people.services import second_factor
from tests.architecture.addresses import addresses
from tests.architecture.product import ROOT, nodes, relative, source_files, tree_of
from tests.world import AT, PASSWORD, World

pytestmark = [pytest.mark.django_db, pytest.mark.feature("SEC-15")]
EVIL = "<script>alert(1)</script>"
# Modules that open connections, and who may: to the broker, to the mail server, to ourselves; never where a user says.
REACHING = {"aiohttp", "ftplib", "http.client", "httpx", "requests", "smtplib", "socket", "stripe", "urllib.request", "urllib3"}
MAY_REACH = {
    ("smartpos/mail/services.py", "smtplib"), ("smartpos/outbox/runner.py", "socket"),
    # where somebody says; its guard is `reachable`, tested in tests/backoffice/test_mail_server.py
    ("smartpos/mail/server.py", "smtplib"), ("smartpos/mail/server.py", "socket"),
}  # fmt: skip

# Templates that put text in as it is, and why nobody's words are in it.
MADE_BY_US = {
    "email/layout.html": "a mail's own template, rendered with every value escaped before",
    "email/preview.html": "the mail itself, in a frame where nothing runs",
    "backoffice/account/second_step.html": "the drawing of a code that the server made itself",
    "pos/terminal/sw.js": "names of our own files, as JSON",
}


@pytest.fixture
def office(world: World) -> Client:
    client = Client()
    client.post("/sign-in/", {"email": "ana@a.example", "password": PASSWORD})
    return client


def test_no_page_takes_a_post_without_its_token_and_no_till_one_from_a_foreign_page(world: World) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(world.owner.user)
    for path in ("/sign-in/", "/sign-out/", "/language/", "/backoffice/employees/new/", "/backoffice/settings/general/"):
        assert client.post(path, {}).status_code == 403, path
    exempt = [a for a in addresses() if getattr(a.view, "csrf_exempt", False)]
    assert {a.path.split("/")[1] for a in exempt} == {"pos", "in"}
    _device, token = world.enrol()
    client.cookies["smartpos_device"] = token
    own = {"content_type": "application/json"}
    assert client.post("/pos/pin", b'{"pin":"1111"}', **own).json()["error"]["code"] == "header_missing"
    foreign = {"X-SmartPOS-Till": "1", "Origin": "https://evil.example"}
    assert client.post("/pos/pin", b'{"pin":"1111"}', headers=foreign, **own).json()["error"]["code"] == "origin"
    assert client.post("/pos/pin", b'{"pin":"1111"}', headers={"X-SmartPOS-Till": "1"}, **own).status_code == 200


def test_every_page_says_what_may_run_in_it_and_cookies_stay_where_they_belong(office: Client, settings: Any) -> None:
    for path in ("/sign-in/", "/backoffice/", "/pos/", "/backoffice/nothing-here/"):
        answer = Client().get(path) if path == "/sign-in/" else office.get(path)
        policy = dict(part.strip().partition(" ")[::2] for part in answer.headers["Content-Security-Policy"].split(";"))
        assert policy["default-src"] == "'none'"
        # the till compiles the camera's barcode reader, which is no script
        assert policy["script-src"] == ("'self' 'wasm-unsafe-eval'" if path == "/pos/" else "'self'")
        assert policy["style-src"] == policy["form-action"] == "'self'"
        assert policy["frame-ancestors"] == policy["base-uri"] == "'none'"
        assert policy["require-trusted-types-for"] == "'script'"
        assert not re.search(r"(?<!wasm-)unsafe", answer.headers["Content-Security-Policy"])
        assert (answer.headers["X-Frame-Options"], answer.headers["X-Content-Type-Options"]) == ("DENY", "nosniff")
        assert answer.headers["Referrer-Policy"] == "same-origin"
    settings.SESSION_COOKIE_SECURE = settings.CSRF_COOKIE_SECURE = settings.HTTPS = True
    client = Client()
    client.get("/sign-in/", secure=True)
    answer = client.post("/sign-in/", {"email": "ana@a.example", "password": PASSWORD}, secure=True)
    cookie = answer.cookies["smartpos_session"]
    assert (cookie["httponly"], cookie["secure"], cookie["samesite"]) == (True, True, "Lax")
    for name in ("smartpos_session", "smartpos_csrf"):
        assert client.cookies[name]["secure"], name


def test_secure_cookies_follow_the_switch_for_https() -> None:
    text = (ROOT / "smartpos/settings/__init__.py").read_text(encoding="utf-8")
    assert "SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS" in text
    assert "secure=settings.HTTPS" in (ROOT / "pos/views/api.py").read_text(encoding="utf-8")
    assert 'SMARTPOS_HTTPS: "1"' in (ROOT / "docker-compose.yml").read_text(encoding="utf-8")


def test_what_people_write_is_shown_and_never_run(office: Client, world: World) -> None:
    with acting(business_id=world.business.pk, actor_id=world.owner.pk):
        create_category(by=world.owner, name=EVIL, colour="red", at=AT)
    world.business.name = world.store.receipt_footer = EVIL
    world.business.save()
    world.store.save()
    for path in ("/backoffice/categories/", "/backoffice/settings/general/", f"/backoffice/stores/{world.store.uuid}/"):
        page = office.get(path).content.decode()
        assert EVIL not in page, path
        assert "&lt;script&gt;" in page, path
    assert engines["django"].engine.autoescape
    unsafe = re.compile(r"\|\s*safe\b|autoescape off")
    found = {
        str(p.relative_to(ROOT / "templates"))
        for p in (ROOT / "templates").rglob("*")
        if p.is_file() and unsafe.search(p.read_text(encoding="utf-8"))
    }
    assert found == set(MADE_BY_US)
    inner = re.compile(r"\.(innerHTML|outerHTML)\s*=|insertAdjacentHTML|document\.write")
    scripts = [p for p in (ROOT / "static/js").rglob("*.js") if inner.search(p.read_text(encoding="utf-8"))]
    assert scripts == []


def test_uploads_are_judged_by_their_content(office: Client, world: World, settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_DIR = tmp_path
    picture = io.BytesIO()
    Image.new("RGB", (8, 8)).save(picture, "PNG")

    def put(path: str, name: str, kind: str, data: bytes) -> int:
        return office.post(path, {"file": SimpleUploadedFile(name, data, content_type=kind)}).status_code

    pictures = "/backoffice/products/pictures/"
    assert put(pictures, "a.png", "image/png", picture.getvalue()) == 201
    assert put(pictures, "a.png", "image/png", EVIL.encode()) == 422
    assert put(pictures, "a.svg", "image/svg+xml", b"<svg xmlns='http://www.w3.org/2000/svg'/>") == 422
    assert put("/backoffice/products/import/", "a.csv", "text/csv", b"%PDF-1.7 not a table") == 422
    assert put("/backoffice/products/import/", "a.xlsx", "text/csv", b"PK\x03\x04 broken") == 422


def test_guessing_is_slowed_down_at_every_door(world: World) -> None:
    _device, token = world.enrol()
    till = {"content_type": "application/json", "headers": {"X-SmartPOS-Till": "1"}}
    doors: dict[str, tuple[dict[str, Any], dict[str, Any]]] = {
        "/sign-in/": ({"email": "ana@a.example", "password": "wrong"}, {}),
        "/pos/pin": ({"pin": "0000"}, till),
        "/pos/enrol": ({"code": "AAAA-AAAA", "name": "x"}, till),
    }
    for n, (path, (body, more)) in enumerate(doors.items()):
        client = Client(REMOTE_ADDR=f"10.1.0.{n}")
        client.cookies["smartpos_device"] = token
        codes = [client.post(path, body, **more).status_code for _ in range(7)]
        assert codes[-1] == 429, path
        assert 200 not in codes
    client = Client(REMOTE_ADDR="10.1.0.9")
    assert [client.post("/forgotten-password/", {"email": f"x{n}@a.example"}).status_code for n in range(12)][-1] == 429


def test_nothing_reaches_out_to_where_somebody_says() -> None:
    """Whoever builds what does (a webhook, a payment service) has to stand here with a guard of its own."""
    found = set()
    for path, node in nodes():
        names: list[str] = []
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module:
            names = [node.module, *(f"{node.module}.{alias.name}" for alias in node.names)]
        found |= {(relative(path), name) for name in names if name in REACHING}
    assert found == MAY_REACH
    runner = tree_of(next(path for path in source_files() if relative(path) == "smartpos/outbox/runner.py"))
    used = {n.attr for n in ast.walk(runner) if isinstance(n, ast.Attribute) and getattr(n.value, "id", "") == "socket"}
    assert used <= {"gethostname"}


@pytest.mark.parametrize(
    "address",
    ["http://169.254.169.254/latest/", "https://evil.example/x.png", "file:///etc/passwd", "/static/../../../etc/passwd"],
)
def test_a_paper_asks_nobody_and_reads_our_own_files_at_most(address: str) -> None:
    from pos.documents import own_file

    try:
        meant = own_file(address)
    except ValueError:
        return
    assert meant.startswith((ROOT / "static").as_uri() + "/")


def test_secrets_that_must_be_read_again_are_sealed(world: World) -> None:
    secret = second_factor.begin(world.owner.user)
    stored = bytes(SecondFactor.objects.get().secret)
    assert secret.encode() not in stored
    assert unseal("second-factor", stored) == secret


def test_dependencies_are_pinned_to_the_byte() -> None:
    lock = tomllib.loads((ROOT / "uv.lock").read_text(encoding="utf-8"))
    foreign = [package for package in lock["package"] if "registry" in package["source"]]
    files = [file for package in foreign for file in (*package.get("wheels", []), package.get("sdist", {})) if file]
    loose = [file["url"] for file in files if not file["hash"].startswith("sha256:")]
    assert len(files) > len(foreign) > 20
    assert loose == []
    assert "--frozen" in (ROOT / "Dockerfile").read_text(encoding="utf-8")
    npm = json.loads((ROOT / "package-lock.json").read_text(encoding="utf-8"))["packages"]
    assert [name for name, package in npm.items() if name and not package.get("integrity", "").startswith("sha512-")] == []


def test_there_is_guidance_on_tls() -> None:
    running, names = (ROOT / "docs" / name for name in ("running.md", "settings.md"))
    for word in ("HTTPS", "certificate", "proxy that ends TLS"):
        assert word in running.read_text(encoding="utf-8")
    for word in ("SMARTPOS_HTTPS", "SMARTPOS_HSTS_SECONDS", "SMARTPOS_TRUSTED_PROXIES"):
        assert word in names.read_text(encoding="utf-8")
