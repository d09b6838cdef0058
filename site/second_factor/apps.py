from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SecondFactorConfig(AppConfig):
    name = "second_factor"
    verbose_name = _("Two-step sign-in")
