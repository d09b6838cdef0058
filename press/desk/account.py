"""Officers choose in their own account which notices they get."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.views.account import BaseSettingsPanel, notifications_tab

from press.staffing.access import ANSWER
from press.staffing.models.notices import SWITCHES, OfficerNotices


class NoticesForm(forms.ModelForm):
    class Meta:
        model = OfficerNotices
        fields = SWITCHES


class NoticesPanel(BaseSettingsPanel):
    name = "press_notices"
    title = _("Press desk: e-mail me when")
    tab = notifications_tab
    order = 200
    form_class = NoticesForm

    def is_active(self) -> bool:
        return bool(self.user.has_perm(ANSWER))

    def get_form(self) -> forms.BaseForm:
        stored = OfficerNotices.objects.filter(user=self.user).first() or OfficerNotices(user=self.user)
        data: Any = self.request.POST if self.request.method == "POST" else None
        return NoticesForm(data, instance=stored, prefix=self.name)
