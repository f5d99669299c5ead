"""Addresses of pictures."""

from django.urls import path

from smartpos.media.views import picture

urlpatterns = [path("media/<str:key>-<str:size>.webp", picture, name="picture")]
