"""Django's WSGI handler, with the static files of this build in front of it."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "smartpos.settings")
django_application = get_wsgi_application()

from django.conf import settings  # noqa: E402 - Django is set up by the call above
from whitenoise import WhiteNoise  # noqa: E402

from smartpos.web.packing import PACKER, packed  # noqa: E402


def _for_ever(_path: str, _url: str) -> bool:
    """The build id is part of the path: what it names never changes."""
    return True


application = WhiteNoise(
    django_application,
    root=packed(
        settings.STATIC_DIR,
        settings.DATA_DIR / "static",
        settings.STATIC_BUILD,
        packer=PACKER if settings.PACK_SCRIPTS else None,
    ),
    prefix=settings.STATIC_URL,
    immutable_file_test=_for_ever,
    max_age=31_536_000,
)
