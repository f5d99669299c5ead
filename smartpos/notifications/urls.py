"""The bell's addresses."""

from django.urls import path

from smartpos.notifications import views

urlpatterns = [
    path("notifications/", views.notification_list, name="office-notifications"),
    path("notifications/count/", views.bell_count, name="office-bell-count"),
    path("notifications/panel/", views.bell_panel, name="office-bell-panel"),
    path("notifications/read/", views.notification_read_all, name="office-notifications-read"),
    path("notifications/<uuid:notification>/", views.notification_open, name="office-notification"),
]
