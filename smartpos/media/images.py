"""A picture as it came, checked and made anew: only pixels survive, nothing that a file may carry besides."""

import io
import warnings
from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _
from PIL import Image, ImageOps

from smartpos.errors import DomainError

FORMATS = ("PNG", "JPEG", "WEBP")
MOST_BYTES = 8 * 1024 * 1024
MOST_PIXELS = 40_000_000
# The longest side of each size, by its name in addresses.
SIZES: Mapping[str, int] = {"small": 320, "large": 1280}
QUALITY = 82


@dataclass(frozen=True, slots=True)
class Made:
    """A picture's measures and its files by size, WebP."""

    width: int
    height: int
    files: dict[str, bytes]


def make(data: bytes) -> Made:
    """Check what was put up and make the sizes. DomainError where it is too large, or no PNG, JPEG or WebP."""
    if len(data) > MOST_BYTES:
        raise DomainError(_("The picture is larger than 8 MB."), code="picture_too_large", field="file")
    picture = _opened(data)
    files = {name: _encoded(picture, side) for name, side in SIZES.items()}
    return Made(picture.width, picture.height, files)


def _opened(data: bytes) -> Image.Image:
    refusal = DomainError(_("Choose a picture: PNG, JPEG or WebP."), code="picture_unreadable", field="file")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(io.BytesIO(data), formats=FORMATS) as found:
                if found.width * found.height > MOST_PIXELS:
                    raise DomainError(_("The picture has more than 40 million points."), code="picture_too_large", field="file")
                upright = ImageOps.exif_transpose(found)
                return upright.convert("RGBA" if "A" in upright.mode or "transparency" in upright.info else "RGB")
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise refusal from error


def _encoded(picture: Image.Image, side: int) -> bytes:
    copy = picture.copy()
    copy.thumbnail((side, side))
    out = io.BytesIO()
    copy.save(out, "WEBP", quality=QUALITY, method=4)
    return out.getvalue()
