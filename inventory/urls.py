"""The catalogue in the Backoffice."""

from django.urls import path

from inventory.importers.products import PRODUCTS
from inventory.views.manage import categories, exports, many, modifiers, pictures, products, quick, units
from smartpos.imports.pages import addresses

urlpatterns = [
    path("products/", products.product_list, name="office-products"),
    path("products/new/", products.product_new, name="office-product-new"),
    path("products/quick/", quick.product_quick, name="office-product-quick"),
    path("products/free-code/", products.suggest_code, name="office-product-code"),
    path("products/many/", many.many, name="office-products-many"),
    path("products/many/<uuid:change>/undo/", many.many_undo, name="office-products-undo"),
    path("products/pictures/", pictures.picture_put, name="office-picture"),
    path("products/export/", exports.product_export, name="office-product-export"),
    *addresses(PRODUCTS, "products/import/"),
    path("products/<uuid:product>/", products.product_edit, name="office-product"),
    path("products/<uuid:product>/archive/", products.product_archive, name="office-product-archive"),
    path("products/<uuid:product>/restore/", products.product_restore, name="office-product-restore"),
    path("products/<uuid:product>/duplicate/", products.product_duplicate, name="office-product-duplicate"),
    path("products/<uuid:product>/delete/", products.product_delete, name="office-product-delete"),
    path("categories/", categories.category_list, name="office-categories"),
    path("categories/new/", categories.category_new, name="office-category-new"),
    path("categories/arrange/", categories.category_arrange, name="office-categories-arrange"),
    path("categories/<uuid:category>/", categories.category_edit, name="office-category"),
    path("categories/<uuid:category>/delete/", categories.category_delete, name="office-category-delete"),
    path("modifiers/", modifiers.group_list, name="office-modifiers"),
    path("modifiers/new/", modifiers.group_new, name="office-modifiers-new"),
    path("modifiers/<uuid:group>/", modifiers.group_edit, name="office-modifier-group"),
    path("modifiers/<uuid:group>/archive/", modifiers.group_archive, name="office-modifiers-archive"),
    path("modifiers/<uuid:group>/restore/", modifiers.group_restore, name="office-modifiers-restore"),
    path("units/", units.unit_list, name="office-units"),
    path("units/new/", units.unit_new, name="office-unit-new"),
    path("units/<uuid:unit>/", units.unit_edit, name="office-unit"),
    path("units/<uuid:unit>/delete/", units.unit_delete, name="office-unit-delete"),
]
