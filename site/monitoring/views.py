"""The status page for staff: what is watched, what is wrong, and what to do about it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from babel.dates import format_timedelta
from babel.numbers import format_decimal
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext, pgettext
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView
from wagtail.admin.views.generic import WagtailAdminTemplateMixin

from core.dates import date_time_text, format_locale

from .measures import Reading, read


class StatusView(WagtailAdminTemplateMixin, TemplateView):
    page_title = _("State of the site")
    header_icon = "info-circle"
    template_name = "admin/status.html"

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [*self.breadcrumbs_items, {"url": "", "label": self.page_title}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        rows = [(reading, text_of(reading)) for reading in read()]
        alarms = sum(reading.is_alarm for reading, _text in rows)
        return super().get_context_data(rows=rows, alarms=alarms, **kwargs)


def text_of(reading: Reading) -> str:
    """Return the value of a reading in words, in the language of the reader."""
    name, value = reading.measure.name, reading.value
    if not reading.is_known:
        return gettext("cannot be read")
    if value is None:
        return pgettext("a measure", "none")
    if isinstance(value, bool):
        return gettext("yes") if value else gettext("no")
    if name.endswith("_timestamp_seconds"):
        return date_time_text(datetime.fromtimestamp(value, UTC))
    if name.endswith("_seconds"):
        return str(format_timedelta(timedelta(seconds=round(value)), locale=format_locale()))
    if name.endswith("_bytes"):
        return str(filesizeformat(value))
    return str(format_decimal(value, locale=format_locale()))
