"""What every page of the Backoffice uses."""

from django.urls import path

from smartpos.web import views

urlpatterns = [
    path("search/", views.find, name="office-search"),
    path("views/", views.save_view, name="office-view-save"),
    path("views/<uuid:view>/delete/", views.delete_view, name="office-view-delete"),
]
