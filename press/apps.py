from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PressConfig(AppConfig):
    name = "press"
    verbose_name = _("Press room")

    def ready(self) -> None:
        from core.background import chores

        from . import embargo  # noqa: F401
        from .announcements import announce_releases
        from .inquiries import anonymize_due
        from .subscriptions import delete_unconfirmed

        chores.extend([anonymize_due, announce_releases, delete_unconfirmed])
