"""The catalogue in the Backoffice."""

from django.urls import path

from inventory.views.manage import products

urlpatterns = [
    path("products/", products.product_list, name="office-products"),
    path("products/new/", products.product_new, name="office-product-new"),
    path("products/<uuid:product>/", products.product_edit, name="office-product"),
    path("products/<uuid:product>/archive/", products.product_archive, name="office-product-archive"),
    path("products/<uuid:product>/restore/", products.product_restore, name="office-product-restore"),
]
