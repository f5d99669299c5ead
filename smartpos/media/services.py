"""Putting pictures up and taking them away."""

import secrets
from collections.abc import Iterable
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path

from django.conf import settings
from django.db import transaction

from smartpos.context import current
from smartpos.db.locks import write_transaction
from smartpos.media.hooks import showing
from smartpos.media.images import SIZES, Made
from smartpos.media.models import Picture

# A form stays open for so long before the picture that it put up counts as given up.
WAITED = timedelta(days=1)
PORTION = 500


def path_of(key: str, size: str) -> Path:
    """Where a size of a picture lies. Folders by the first letters keep each of them small."""
    return Path(settings.MEDIA_DIR) / key[:2] / f"{key}-{size}.webp"


def put_picture(made: Made, *, at: datetime) -> Picture:
    """Keep a picture's files under a name that nobody guesses."""
    key = secrets.token_urlsafe(24).replace("-", "a").replace("_", "b")
    for size, content in made.files.items():
        path = path_of(key, size)
        path.parent.mkdir(parents=True, exist_ok=True)
        unfinished = path.with_suffix(".part")
        unfinished.write_bytes(content)
        unfinished.replace(path)
    with write_transaction():
        picture: Picture = Picture.objects.create(
            business_id=current().business_id, key=key, width=made.width, height=made.height, created_at=at
        )
    return picture


def own_picture(key: str) -> Picture | None:
    """A picture of the current business."""
    found: Picture | None = Picture.objects.filter(key=key).first()
    return found


def hold_picture(key: str) -> bool:
    """Whether a picture of the current business is there, and no sweep takes it before this transaction ends."""
    return Picture.objects.select_for_update().filter(key=key).first() is not None


def drop_picture(key: str) -> None:
    """Take a picture away, its files after commit."""
    Picture.objects.filter(key=key).delete()
    transaction.on_commit(lambda: _unlink(key))


def sweep(at: datetime) -> str:
    """Take away what was put up a day ago and nothing shows: a form that nobody saved."""
    last = gone = 0
    while True:
        rows = list(
            Picture.everywhere.filter(created_at__lt=at - WAITED, pk__gt=last).order_by("pk").values_list("pk", "key")[:PORTION]
        )
        if not rows:
            return f"{gone} pictures"
        last = rows[-1][0]
        gone += _drop_idle(_idle(key for _pk, key in rows))


def _idle(keys: Iterable[str]) -> list[str]:
    wanted, shown = list(keys), set[str]()
    showing(wanted, shown)
    return [key for key in wanted if key not in shown]


def _drop_idle(keys: list[str]) -> int:
    """Asked once more behind the rows' locks: a form may be saved at this very moment."""
    if not keys:
        return 0
    with write_transaction():
        locked = Picture.everywhere.select_for_update().filter(key__in=keys).order_by("pk").values_list("key", flat=True)
        idle = _idle(list(locked))
        Picture.everywhere.filter(key__in=idle).delete()
        for key in idle:
            transaction.on_commit(partial(_unlink, key))
    return len(idle)


def _unlink(key: str) -> None:
    for size in SIZES:
        path_of(key, size).unlink(missing_ok=True)
