from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ApiConfig(AppConfig):
    name = "api"
    verbose_name = _("API")

    def ready(self) -> None:
        from core.processing.background import chores

        from .keys import warn_of_expiry

        chores.append(warn_of_expiry)
