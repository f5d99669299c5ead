"""Sales, customers and promotions in the Backoffice."""

from django.urls import path

from pos.importers.customers import CUSTOMERS
from pos.views.manage import cash, customers, invoices, links, loyalty, promotions, refunds, sales, shifts
from smartpos.imports.pages import addresses

urlpatterns = [
    path("sales/", sales.sales_list, name="office-sales"),
    path("sales/<uuid:receipt>/", sales.sale_detail, name="office-sale"),
    path("sales/<uuid:receipt>/receipt/", sales.receipt_page, name="office-sale-receipt"),
    path("sales/<uuid:receipt>/receipt.pdf", sales.receipt_file, name="office-sale-receipt-pdf"),
    path("sales/<uuid:receipt>/invoice/", invoices.invoice_page, name="office-sale-invoice"),
    path("sales/<uuid:receipt>/invoice.pdf", invoices.invoice_file, name="office-sale-invoice-pdf"),
    path("invoices/", invoices.invoice_list, name="office-invoices"),
    path("online-payments/", links.link_list, name="office-links"),
    path("online-payments/<uuid:link>/", links.link_detail, name="office-link"),
    path("online-payments/strays/<uuid:stray>/", links.stray_decide, name="office-stray-decide"),
    path("refunds/", refunds.refund_list, name="office-refunds"),
    path("refunds/requests/", refunds.request_list, name="office-refund-requests"),
    path("refunds/requests/<uuid:refund>/", refunds.request_detail, name="office-refund-request"),
    path("refunds/requests/<uuid:refund>/decide/", refunds.request_decide, name="office-refund-request-decide"),
    path("shifts/", shifts.shift_list, name="office-shifts"),
    path("shifts/<uuid:shift>/", shifts.shift_detail, name="office-shift"),
    path("shifts/<uuid:shift>/close/", shifts.shift_close, name="office-shift-close"),
    path("shifts/<uuid:shift>/correct/", shifts.shift_correct, name="office-shift-correct"),
    path("cash/", cash.cash_tracking, name="office-cash"),
    path("cash/log/", cash.cash_log, name="office-cash-log"),
    path("z-reports/", cash.z_list, name="office-z-reports"),
    path("z-reports/<uuid:report>/", cash.z_detail, name="office-z-report"),
    path("z-reports/make/<uuid:store>/", cash.z_make, name="office-z-make"),
    path("customers/", customers.customer_list, name="office-customers"),
    path("customers/new/", customers.customer_new, name="office-customer-new"),
    *addresses(CUSTOMERS, "customers/import/"),
    path("customers/<uuid:customer>/", customers.customer_detail, name="office-customer"),
    path("customers/<uuid:customer>/edit/", customers.customer_edit, name="office-customer-edit"),
    path("customers/<uuid:customer>/archive/", customers.customer_archive, name="office-customer-archive"),
    path("customers/<uuid:customer>/restore/", customers.customer_restore, name="office-customer-restore"),
    path("customers/<uuid:customer>/data.json", customers.customer_data, name="office-customer-data"),
    path("customers/<uuid:customer>/erase/", customers.customer_erase, name="office-customer-erase"),
    path("customers/<uuid:customer>/points/", loyalty.customer_points, name="office-customer-points"),
    path("customers/<uuid:customer>/points/adjust/", loyalty.customer_adjust, name="office-customer-points-adjust"),
    path("loyalty/", loyalty.loyalty_log, name="office-loyalty"),
    path("customers/<uuid:customer>/merge/", customers.customer_merge, name="office-customer-merge"),
    path("promotions/", promotions.promotion_list, name="office-promotions"),
    path("promotions/new/", promotions.promotion_new, name="office-promotion-new"),
    path("promotions/<uuid:promotion>/", promotions.promotion_detail, name="office-promotion"),
    path("promotions/<uuid:promotion>/edit/", promotions.promotion_edit, name="office-promotion-edit"),
    path("promotions/<uuid:promotion>/archive/", promotions.promotion_archive, name="office-promotion-archive"),
    path("promotions/<uuid:promotion>/restore/", promotions.promotion_restore, name="office-promotion-restore"),
]
