"""Sign-in and the manager's pages."""

from django.urls import include, path

from backoffice.views import devices, session

urlpatterns = [
    path("", session.home, name="home"),
    path("sign-in/", session.sign_in_view, name="sign-in"),
    path("sign-out/", session.sign_out_view, name="sign-out"),
    path("language/", session.language_view, name="office-language"),
    path("backoffice/", session.landing, name="office"),
    path("backoffice/devices/", devices.device_list, name="office-devices"),
    path("backoffice/devices/code/<uuid:terminal>/", devices.make_code, name="office-device-code"),
    path("backoffice/devices/<uuid:device>/revoke/", devices.revoke_device, name="office-device-revoke"),
    path("backoffice/", include("pos.views.manage.urls")),
    path("backoffice/", include("inventory.urls")),
]
