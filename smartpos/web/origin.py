"""The product's own address for links that leave the page: never what a request merely claims."""

from django.conf import settings
from django.http import HttpRequest


def public_origin(request: HttpRequest) -> str:
    """The first configured origin; else the request's host, which the list of allowed hosts has passed by name."""
    if settings.PUBLIC_ORIGINS:
        return str(settings.PUBLIC_ORIGINS[0]).rstrip("/")
    host = request.get_host()
    name = host.rpartition(":")[0] if host.rpartition(":")[2].isdigit() else host
    if name not in settings.ALLOWED_HOSTS:
        # A wildcard lets any name through: then nothing says which one is ours.
        host = "localhost"
    return f"{'https' if request.is_secure() else 'http'}://{host}"
