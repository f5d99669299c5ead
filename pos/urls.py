"""The till's addresses; its Backoffice pages are in `pos.views.manage.urls`."""

from django.urls import path

from pos.views import (
    api,
    approvals,
    heartbeat,
    identity,
    orders,
    places,
    points,
    quick,
    receipts,
    refund_requests,
    shifts,
    terminal,
)

urlpatterns = [
    path("", terminal.shell, name="pos-shell"),
    path("sw.js", terminal.service_worker, name="pos-service-worker"),
    path("manifest.webmanifest", terminal.manifest, name="pos-manifest"),
    path("enrol", api.enrol_view, name="pos-enrol"),
    path("device", api.device_view, name="pos-device"),
    path("pin", identity.pin_view, name="pos-pin"),
    path("approve", approvals.approve_view, name="pos-approve"),
    path("card", identity.card_view, name="pos-card"),
    path("office-session", identity.office_session_view, name="pos-office-session"),
    path("places", places.places_view, name="pos-places"),
    path("place", places.place_view, name="pos-place"),
    path("ping", api.ping_view, name="pos-ping"),
    path("heartbeat", heartbeat.heartbeat_view, name="pos-heartbeat"),
    path("snapshot", api.snapshot_view, name="pos-snapshot"),
    path("operations", api.operations_view, name="pos-operations"),
    path("orders", orders.orders_view, name="pos-orders"),
    path("points", points.points_view, name="pos-points"),
    path("receipts", receipts.receipts_view, name="pos-receipts"),
    path("quick", quick.quick_view, name="pos-quick"),
    path("shift", shifts.shift_view, name="pos-shift"),
    path("shifts/<uuid:shift>", shifts.report_view, name="pos-shift-report"),
    path("refund-requests", refund_requests.requests_view, name="pos-refund-requests"),
    path("receipts/<uuid:receipt>/", receipts.receipt_page, name="pos-receipt"),
    path("receipts/<uuid:receipt>.pdf", receipts.receipt_file, name="pos-receipt-pdf"),
    path("receipts/<uuid:receipt>/invoice/", receipts.invoice_page, name="pos-invoice"),
    path("receipts/<uuid:receipt>/invoice.pdf", receipts.invoice_file, name="pos-invoice-pdf"),
]
