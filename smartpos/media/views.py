"""Serving pictures."""

import re

from django.http import FileResponse, Http404, HttpRequest, HttpResponseBase
from django.views.decorators.http import require_safe

from smartpos.access.guards import public
from smartpos.media.images import SIZES
from smartpos.media.services import path_of

KEY = re.compile(r"[A-Za-z0-9]{32}")


@require_safe
@public("a picture's name is a secret of 190 bits; guests' menus show it without signing in")
def picture(request: HttpRequest, key: str, size: str) -> HttpResponseBase:
    """One size of a picture. It never changes, so it is kept for ever; it is only ever a picture."""
    path = path_of(key, size)
    if size not in SIZES or not KEY.fullmatch(key) or not path.is_file():
        raise Http404
    response = FileResponse(path.open("rb"), content_type="image/webp")
    response["Cache-Control"] = "public, max-age=31536000, immutable"
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    return response
