"""Pages for whoever has a payment link."""

from django.urls import path

from pos.views import pay

urlpatterns = [path("<str:token>/", pay.pay, name="pay")]
