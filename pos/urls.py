"""The till's addresses; its Backoffice pages are in `pos.views.manage.urls`."""

from django.urls import path

from pos.views import api, receipts

urlpatterns = [
    path("enrol", api.enrol_view, name="pos-enrol"),
    path("device", api.device_view, name="pos-device"),
    path("pin", api.pin_view, name="pos-pin"),
    path("ping", api.ping_view, name="pos-ping"),
    path("snapshot", api.snapshot_view, name="pos-snapshot"),
    path("operations", api.operations_view, name="pos-operations"),
    path("receipts", receipts.receipts_view, name="pos-receipts"),
]
