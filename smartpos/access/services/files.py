"""Pictures of settings: checked by their content, kept as PNG under the hash of it."""

import hashlib
from base64 import b64encode
from io import BytesIO

from django.utils.translation import gettext as _
from PIL import Image, UnidentifiedImageError

from smartpos.access.models import SettingFile
from smartpos.errors import DomainError

LARGEST_BYTES = 1024 * 1024
LARGEST_SIDE, KEPT_SIDE = 4000, 600


def png_of(content: bytes, *, field: str) -> bytes:
    """A PNG or JPEG, whatever its name says, as a small PNG with nothing else in it."""
    if len(content) > LARGEST_BYTES:
        raise DomainError(_("The file is larger than 1 MB."), field=field)
    try:
        with Image.open(BytesIO(content), formats=("PNG", "JPEG")) as picture:
            if max(picture.size) > LARGEST_SIDE:
                raise DomainError(_("The picture is larger than 4000 × 4000 points."), field=field)
            picture.thumbnail((KEPT_SIDE, KEPT_SIDE))
            made = BytesIO()
            picture.convert("RGBA").save(made, "PNG", optimize=True)
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, Image.DecompressionBombError) as error:
        raise DomainError(_("This is neither a PNG nor a JPEG."), field=field) from error
    return made.getvalue()


def keep(png: bytes, *, business_id: int) -> str:
    """Store a picture; answers its name. The same picture is stored once."""
    name = hashlib.sha256(png).hexdigest()
    SettingFile.objects.bulk_create([SettingFile(business_id=business_id, name=name, content=png)], ignore_conflicts=True)
    return name


def as_data(png: bytes) -> str:
    """A picture as an address that needs no request."""
    return f"data:image/png;base64,{b64encode(png).decode()}"


def data_of(name: str) -> str:
    """The picture of that name as an address; empty where there is none."""
    found = SettingFile.objects.filter(name=name).values_list("content", flat=True).first() if name else None
    return as_data(bytes(found)) if found else ""
