"""URLs of inquiries other than pages and the desk."""

from django.urls import path

from . import views

urlpatterns = [path("", views.inquiry_record, name="inquiry_record")]
