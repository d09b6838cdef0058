"""Coverage published after an inquiry."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.security.encryption import EncryptedTextField

from .inquiry import Inquiry


class InquiryCoverage(models.Model):
    """An article or programme that an officer has found.

    Its address may reveal who asked, so it is deleted with the inquiry's text; the history still says how many there
    were.
    """

    inquiry = models.ForeignKey(Inquiry, on_delete=models.CASCADE, related_name="coverage")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(_("time"), default=timezone.now)
    published_on = models.DateField(_("published"))
    outlet = EncryptedTextField(_("media outlet"))
    address = EncryptedTextField(_("address"), blank=True)
    note = EncryptedTextField(_("note"), blank=True)

    class Meta:
        verbose_name = _("coverage after an inquiry")
        verbose_name_plural = _("coverage after inquiries")
        ordering = ["published_on", "pk"]

    def __str__(self) -> str:
        return f"{self.inquiry} {self.published_on:%Y-%m-%d}"
