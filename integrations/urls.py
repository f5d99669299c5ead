"""Gateways in the Backoffice, the door of webhooks, and the simulator's own page."""

from django.urls import path

from integrations.views import connections, inbound, simulator

urlpatterns = [
    path("backoffice/gateways/", connections.connection_list, name="office-connections"),
    path("backoffice/gateways/new/", connections.connection_new, name="office-connection-new"),
    path("backoffice/gateways/<uuid:connection>/end/", connections.connection_end, name="office-connection-end"),
    path("in/<slug:provider>/<uuid:connection>/", inbound.inbound, name="inbound"),
    path("simulator/<str:code>/", simulator.page, name="simulator-page"),
]
