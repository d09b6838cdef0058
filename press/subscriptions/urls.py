"""URLs of the subscription to press releases by e-mail."""

from django.urls import path

from . import views

urlpatterns = [
    path("", views.subscribe_page, name="subscribe"),
    path("asked/", views.asked_page, name="subscription_asked"),
    path("confirm/<str:token>/", views.confirm_page, name="confirm_subscription"),
    path("end/<str:token>/", views.unsubscribe_page, name="unsubscribe"),
]
