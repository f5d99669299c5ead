"""The product's own address for links that leave the page: never what a request merely claims."""

from django.conf import settings
from django.http import HttpRequest
from django.utils.html import format_html

from smartpos.mail.rendering import Rich


def _configured() -> str:
    return str(settings.PUBLIC_ORIGINS[0]).rstrip("/") if settings.PUBLIC_ORIGINS else ""


def address_in_mail(path: str) -> str:
    """One of our pages as a mail may name it; "" without a configured origin, for outside a request nothing else knows ours."""
    origin = _configured()
    return f"{origin}{path}" if origin and path else ""


def link_in_mail(path: str, words: str) -> Rich:
    """The same as a paragraph of its own, in text and HTML; nothing at all where there is no address."""
    address = address_in_mail(path)
    if not address:
        return Rich("", html="")
    html = format_html('<p style="margin: 16px 0 0"><a href="{}">{}</a></p>', address, words)
    return Rich(f"\n\n{words}: {address}", html=html)


def public_origin(request: HttpRequest) -> str:
    """The first configured origin; else the request's host, which the list of allowed hosts has passed by name."""
    configured = _configured()
    if configured:
        return configured
    host = request.get_host()
    name = host.rpartition(":")[0] if host.rpartition(":")[2].isdigit() else host
    if name not in settings.ALLOWED_HOSTS:
        # A wildcard lets any name through: then nothing says which one is ours.
        host = "localhost"
    return f"{'https' if request.is_secure() else 'http'}://{host}"
