"""The till's addresses; its Backoffice pages are in `pos.views.manage.urls`."""

from django.urls import path

from pos.views import api, receipts, terminal

urlpatterns = [
    path("", terminal.shell, name="pos-shell"),
    path("sw.js", terminal.service_worker, name="pos-service-worker"),
    path("manifest.webmanifest", terminal.manifest, name="pos-manifest"),
    path("enrol", api.enrol_view, name="pos-enrol"),
    path("device", api.device_view, name="pos-device"),
    path("pin", api.pin_view, name="pos-pin"),
    path("ping", api.ping_view, name="pos-ping"),
    path("snapshot", api.snapshot_view, name="pos-snapshot"),
    path("operations", api.operations_view, name="pos-operations"),
    path("receipts", receipts.receipts_view, name="pos-receipts"),
    path("receipts/<uuid:receipt>/", receipts.receipt_page, name="pos-receipt"),
    path("receipts/<uuid:receipt>.pdf", receipts.receipt_file, name="pos-receipt-pdf"),
]
