"""Addresses; apps are named as strings only."""

from django.urls import include, path
from django.views.generic import RedirectView

from smartpos.access.guards import public
from smartpos.web.health import health

to_office = public("it only points the way")(RedirectView.as_view(url="/backoffice/"))

urlpatterns = [
    path("", to_office, name="home"),
    path("health", health, name="health"),
    path("pos/", include("pos.urls")),
    path("", include("backoffice.urls")),
]
