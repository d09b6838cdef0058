from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from press.staffing.models.notices import Notice

from .inquiry import Inquiry


class SentNotice(models.Model):
    """A record that a notice has been sent, so that it is sent once.

    `occasion`: what it was about, such as the deadline, so that another deadline is another occasion.
    """

    inquiry = models.ForeignKey(Inquiry, on_delete=models.CASCADE, related_name="+")
    notice = models.CharField(max_length=12, choices=Notice.choices)
    occasion = models.CharField(max_length=60)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("sent notice")
        verbose_name_plural = _("sent notices")
        constraints = [models.UniqueConstraint(fields=["inquiry", "notice", "occasion"], name="one_notice_of_occasion")]

    def __str__(self) -> str:
        return f"{self.inquiry} {self.notice}"
