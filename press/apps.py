from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PressConfig(AppConfig):
    name = "press"
    verbose_name = _("Press room")

    def ready(self) -> None:
        from core.background import chores
        from core.public_files import showing

        from .announcements import announce_releases
        from .files import spokespeople_show
        from .inquiries import anonymize_due
        from .subscriptions import delete_unconfirmed

        chores.extend([anonymize_due, announce_releases, delete_unconfirmed])
        showing.append(spokespeople_show)
