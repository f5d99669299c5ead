"""Addresses; apps are named as strings only."""

from django.urls import include, path

from smartpos.web.health import health

urlpatterns = [
    path("health", health, name="health"),
    path("pos/", include("pos.urls")),
    path("", include("backoffice.urls")),
]
