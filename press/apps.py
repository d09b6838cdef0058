from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PressConfig(AppConfig):
    name = "press"
    verbose_name = _("Press room")

    def ready(self) -> None:
        from core.files.public_files import showing
        from core.processing.background import chores
        from core.web.lifetime import clocks
        from press.hours.calendar import next_change
        from press.inquiries.idle import let_lapse, remind
        from press.inquiries.retention import anonymize_due
        from press.inquiries.watch import (
            free_inquiries_of_those_who_left,
            tell_of_deadlines,
            tell_of_snoozed,
            tell_of_undelivered,
        )
        from press.room.files import spokespeople_show
        from press.subscriptions.actions import delete_unconfirmed
        from press.subscriptions.announcements import announce_releases

        clocks.append(next_change)
        chores.extend([anonymize_due, announce_releases, delete_unconfirmed, remind, let_lapse])
        chores.extend([free_inquiries_of_those_who_left, tell_of_deadlines, tell_of_snoozed, tell_of_undelivered])
        showing.append(spokespeople_show)
