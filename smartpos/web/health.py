"""Whether the house stands."""

from django.db import connection
from django.http import HttpRequest, JsonResponse

from smartpos.access.guards import public


@public("a load balancer asks; it answers counts only")
def health(request: HttpRequest) -> JsonResponse:
    """Database reachable."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return JsonResponse({"database": "ok"})
