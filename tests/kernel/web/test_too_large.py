"""A body past the limit is answered with a page in the person's language, not with two words."""

import asyncio
from typing import Any

import pytest

from smartpos.bridge import Bridge
from smartpos.wsgi import application

pytestmark = pytest.mark.django_db


def ask(body: bytes, *headers: tuple[bytes, bytes]) -> tuple[int, str]:
    """What a server that takes a hundred bytes says to a form."""
    scope = {
        "type": "http", "method": "POST", "path": "/sign-in/", "query_string": b"", "http_version": "1.1", "scheme": "http",
        "server": ("localhost", 80), "client": ("127.0.0.1", 1), "headers": [(b"host", b"localhost"), *headers],
    }  # fmt: skip
    sent: list[Any] = []

    async def receive() -> dict[str, Any]:
        return {"type": "http.request", "body": body, "more_body": False}

    async def send(message: Any) -> None:
        sent.append(message)

    asyncio.run(Bridge(application, threads=1, limit=100)(scope, receive, send))
    return sent[0]["status"], sent[1]["body"].decode()


def test_a_form_that_is_too_large_gets_a_page() -> None:
    status, page = ask(b"x" * 101, (b"accept-language", b"bs"), (b"content-type", b"application/x-www-form-urlencoded"))
    assert status == 413
    assert "<html" in page
    assert "Ovo je preveliko" in page


def test_what_fits_goes_to_the_pages() -> None:
    status, page = ask(b"x" * 100, (b"content-type", b"application/x-www-form-urlencoded"))
    assert status == 403  # no token, so it came as far as the door
    assert "too large" not in page


def test_a_page_that_asked_by_itself_gets_a_sentence() -> None:
    status, text = ask(b"x" * 101, (b"hx-request", b"true"), (b"accept-language", b"en"))
    assert status == 413
    assert text.startswith('<p class="banner')
    assert "smaller file" in text
