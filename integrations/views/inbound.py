"""The one address at which providers speak to us."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from integrations.services.inbound import receive
from smartpos.access.guards import public
from smartpos.clock import now
from smartpos.errors import DomainError


@csrf_exempt
@require_POST
@public("providers speak here; each message is signed under its connection")
def inbound(request: HttpRequest, provider: str, connection: UUID) -> HttpResponse:
    """A message. What was taken before is answered as the first time."""
    address = request.META.get("REMOTE_ADDR", "")
    try:
        receive(provider, connection, raw=request.body, headers=request.headers, address=address, at=now())
    except DomainError as error:
        headers = {"Retry-After": str(error.params["seconds"])} if error.status == 429 else {}
        return JsonResponse({"error": error.code}, status=error.status, headers=headers)
    return JsonResponse({"received": True})
