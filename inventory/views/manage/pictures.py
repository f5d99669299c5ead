"""Putting up a picture; what it belongs to is saved with the form that asked for it."""

from django.core.files.uploadedfile import UploadedFile
from django.http import JsonResponse
from django.views.decorators.http import require_POST

from smartpos.access.guards import office
from smartpos.clock import now
from smartpos.errors import DomainError
from smartpos.media.images import MOST_BYTES, make
from smartpos.media.services import put_picture
from smartpos.web.pages import OfficeRequest


@require_POST
@office("product.manage")
def picture_put(request: OfficeRequest) -> JsonResponse:
    """Check the file, keep it, answer its key."""
    file = request.FILES.get("file")
    data = file.read(MOST_BYTES + 1) if isinstance(file, UploadedFile) else b""
    try:
        picture = put_picture(make(data), at=now())
    except DomainError as error:
        return JsonResponse({"message": error.message}, status=422)
    return JsonResponse({"key": picture.key}, status=201)
