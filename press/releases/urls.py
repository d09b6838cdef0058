"""URLs of press releases other than pages."""

from django.urls import path

from . import views

urlpatterns = [path("<uuid:content_id>.zip", views.press_kit_file, name="press_kit")]
