"""Sales in the Backoffice."""

from django.urls import path

from pos.views.manage import sales

urlpatterns = [
    path("sales/", sales.sales_list, name="sales"),
    path("sales/<uuid:receipt>/", sales.sale_detail, name="sale"),
    path("sales/<uuid:receipt>/receipt/", sales.receipt_page, name="sale-receipt"),
    path("sales/<uuid:receipt>/receipt.pdf", sales.receipt_file, name="sale-receipt-pdf"),
]
