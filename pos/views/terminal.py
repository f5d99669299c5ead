"""The till's shell: the same page for every business, so that a service worker may keep it."""

import json

from csp.decorators import csp_update
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from smartpos.access.guards import public
from smartpos.web.packing import shipped

STYLES = (
    "tokens",
    "base",
    "controls",
    "components",
    "till",
    "till-goods",
    "till-cart",
    "till-pay",
    "till-papers",
    "till-shift",
)
SHELL = (*(f"css/{name}.css" for name in STYLES), "manifest/icon.svg")
FOLDERS = ("js/lib", "js/pos", "vendor")
OFFICE = {"htmx.min.js", "sortable.js"}
# What installs an app: browsers want their own sizes, and a mask that may cut a fifth off at every side.
ICONS = (("icon-192", "192x192", "any"), ("icon-512", "512x512", "any"), ("icon-maskable-512", "512x512", "maskable"))
KINDS = {".js", ".woff2", ".svg", ".wasm"}


@require_GET
@csp_update({"script-src": ["'wasm-unsafe-eval'"]})  # the camera's barcode reader, where the browser has none of its own
@public("the shell holds nobody's data; the till proves itself by its device token")
def shell(request: HttpRequest) -> HttpResponse:
    """The page that every till starts from."""
    response = render(request, "pos/terminal/shell.html")
    response["Cache-Control"] = "no-cache"
    return response


@require_GET
@public("the service worker is the same for everybody")
def service_worker(request: HttpRequest) -> HttpResponse:
    """The worker of this build, with the list of files that make the shell."""
    context = {"build": settings.STATIC_BUILD, "files": json.dumps(["/pos/", *shell_files()])}
    response = render(request, "pos/terminal/sw.js", context, content_type="text/javascript")
    response["Cache-Control"] = "no-cache"
    return response


def shell_files() -> list[str]:
    """Addresses of everything the till loads; test and command files stay out."""
    root = shipped()
    found = [name for name in SHELL if (root / name).exists()]
    for folder in FOLDERS:
        paths = sorted(path for path in (root / folder).rglob("*") if path.suffix in KINDS and path.name not in OFFICE)
        found += [path.relative_to(root).as_posix() for path in paths]
    return [settings.STATIC_URL + name for name in found]


@require_GET
@public("what the browser shows when it installs the till")
def manifest(request: HttpRequest) -> HttpResponse:
    """The web app manifest."""
    body = {
        "name": "SmartPOS", "short_name": "SmartPOS", "id": "/pos/", "start_url": "/pos/", "scope": "/pos/",
        "display": "standalone", "display_override": ["standalone", "minimal-ui"],
        "background_color": "#f5f6f8", "theme_color": "#14181f",
        "icons": [
            {"src": f"{settings.STATIC_URL}manifest/icon.svg", "sizes": "any", "type": "image/svg+xml", "purpose": "any"},
            *(
                {"src": f"{settings.STATIC_URL}manifest/{name}.png", "sizes": size, "type": "image/png", "purpose": purpose}
                for name, size, purpose in ICONS
            ),
        ],
    }  # fmt: skip
    return HttpResponse(json.dumps(body), content_type="application/manifest+json")
