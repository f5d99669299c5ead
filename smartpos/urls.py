"""Addresses; apps are named as strings only."""

from django.urls import include, path

from smartpos.web import errors
from smartpos.web.health import health

urlpatterns = [
    path("health", health, name="health"),
    path("", include("smartpos.media.urls")),
    path("pos/", include("pos.urls")),
    path("pay/", include("pos.views.pay_urls")),
    path("", include("integrations.urls")),
    path("backoffice/", include("smartpos.web.urls")),
    path("backoffice/", include("smartpos.notifications.urls")),
    path("", include("backoffice.urls")),
]

handler400, handler403, handler404, handler500 = errors.bad_request, errors.forbidden, errors.not_found, errors.server_error
