"""Template tags that show the days and hours of events."""

from __future__ import annotations

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from core.dates import date_text, date_time_text
from core.languages.declared import reader, reader_language
from core.languages.language import capitalized
from core.places.time_zones import zone_name
from core.templatetags.site_tags import in_its_language
from events.fields import spoken_language
from events.times import When

register = template.Library()


@register.simple_tag
def when_text(value: When | None, here: bool = False) -> SafeString:
    """Return a `<time>` in the time zone of the event, followed by the city of that zone if there is an hour. With
    `here`, a script adds the time in the reader's own zone if that is a different one (js/moment.js).
    """
    if value is None:
        return SafeString()
    if value.moment is None:
        return format_html('<time datetime="{}">{}</time>', value.day.isoformat(), date_text(value.day))
    own = (_("Your time: {}"), reader().format_code)
    label = format_html(' data-moment="{}" data-format="{}"', *own) if here else ""
    moment, text = value.moment.isoformat(), date_time_text(value.moment, value.zone)
    city = zone_name(value.zone, reader_language())
    return format_html('<time datetime="{}"{}>{}</time> (<bdi>{}</bdi>)', moment, label, text, in_its_language(city))


@register.filter
def spoken_names(codes: list[str]) -> list[str]:
    return [capitalized(spoken_language(code, reader_language())) for code in codes]
