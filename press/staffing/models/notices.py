"""What officers and desks are notified of by mail, and which notices they want."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel


class Notice(models.TextChoices):
    """What may happen to an inquiry; the label is the first sentence of the mail about it."""

    ASSIGNED = "assigned", _("This press inquiry has been given to you.")
    DESK = "desk", _("This press inquiry has been given to your desk.")
    NEAR = "near", _("The deadline of this press inquiry is near: an hour of working time is left, or less.")
    OVERDUE = "overdue", _("The deadline of this press inquiry has passed, and it is still open.")
    UNDELIVERED = "undelivered", _("An e-mail about this press inquiry did not arrive, or may not have arrived.")
    WITHDRAWN = "withdrawn", _("The journalist has withdrawn this press inquiry. Nobody answers it any more.")
    REOPENED = "reopened", _("This press inquiry is open again.")
    SNOOZED = "snoozed", _("This press inquiry was put off until now, and is in the inbox again.")
    IDLE = "idle", _("Nobody has worked on this press inquiry for a month. Answer it, or close it.")


def _switch(label: Any) -> Any:
    return models.BooleanField(label, default=True, db_default=True)


class NoticeSwitches(models.Model):
    """Which notices somebody gets: all of them until they switch one off."""

    tell_assigned = _switch(_("an inquiry is given to me"))
    tell_desk = _switch(_("an inquiry is given to the desk"))
    tell_near = _switch(_("a deadline is near"))
    tell_overdue = _switch(_("a deadline has passed"))
    tell_undelivered = _switch(_("an e-mail did not arrive"))
    tell_withdrawn = _switch(_("a journalist withdraws"))
    tell_reopened = _switch(_("an inquiry is open again"))
    tell_snoozed = _switch(_("an inquiry that was put off is back"))
    tell_idle = _switch(_("nobody has worked on an inquiry for a month"))

    class Meta:
        abstract = True

    def wants(self, notice: Notice) -> bool:
        return bool(getattr(self, f"tell_{notice}"))


SWITCHES = [f"tell_{notice}" for notice in Notice]
# The notice of an assignment goes to an inquiry's owner, never to a desk.
DESK_SWITCHES = [name for name in SWITCHES if name != "tell_assigned"]
desk_switches_panel = MultiFieldPanel([FieldPanel(name) for name in DESK_SWITCHES], heading=_("E-mail when"))


class OfficerNotices(NoticeSwitches):
    """Which notices one officer wants."""

    user = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="press_notices")

    class Meta:
        verbose_name = _("notices to an officer")
        verbose_name_plural = _("notices to officers")

    def __str__(self) -> str:
        return str(self.user)
