"""Sales in the Backoffice."""

from django.urls import path

from pos.views.manage import sales

urlpatterns = [
    path("sales/", sales.sales_list, name="office-sales"),
    path("sales/<uuid:receipt>/", sales.sale_detail, name="office-sale"),
    path("sales/<uuid:receipt>/receipt/", sales.receipt_page, name="office-sale-receipt"),
    path("sales/<uuid:receipt>/receipt.pdf", sales.receipt_file, name="office-sale-receipt-pdf"),
]
