from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MailingConfig(AppConfig):
    name = "mailing"
    verbose_name = _("Mail")

    def ready(self) -> None:
        from core.processing.background import chores, followers

        from .sending import MailSender, purge_settled

        followers.append(MailSender())
        chores.append(purge_settled)
