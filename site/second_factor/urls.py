"""The addresses of the second step, open to whoever has given a password."""

from django.urls import path

from .passkey_views import first_passkey, use_passkey
from .sign_in import FirstFactorView, SecondStepView

urlpatterns = [
    path("", SecondStepView.as_view(), name="second_factor_step"),
    path("passkey/", use_passkey, name="second_factor_use_passkey"),
    path("first/passkey/", first_passkey, name="second_factor_first_passkey"),
    path("first/", FirstFactorView.as_view(), name="second_factor_first"),
]
