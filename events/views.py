"""iCalendar views: a single event or call, and all those in a language to subscribe to."""

from __future__ import annotations

from datetime import timedelta
from hashlib import sha256
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.cache import get_conditional_response, patch_cache_control
from django.utils.http import quote_etag
from django.utils.translation import gettext as _
from wagtail.models import Locale

from core.languages.declared import reader_language
from core.models import OfficeSettings

from .calendar import CALENDAR_TYPE, calendar_of
from .models import events_in

# How long events that are over stay in subscribers' calendars, and how many are listed at most.
KEPT = timedelta(days=366)
MOST = 500


def event_calendar(request: HttpRequest, content_id: UUID) -> HttpResponse:
    """Return one public event or call, in the language of the address."""
    event = events_in(_locale().pk).filter(translation_key=content_id).first()
    if event is None:
        raise Http404
    response = _answer(request, calendar_of([event], reader_language(), event.title))
    response["Content-Disposition"] = f'attachment; filename="{str(content_id)[:8]}.{reader_language()}.ics"'
    return response


def events_calendar(request: HttpRequest) -> HttpResponse:
    """Return all events and calls in a language that are not over, or that ended recently."""
    locale = _locale()
    events = events_in(locale.pk).filter(over_at__gt=timezone.now() - KEPT).order_by("sort_date", "pk")[:MOST]
    office = OfficeSettings.in_language(locale.language_code)
    name = f"{_('Events and calls')} — {office.name}" if office.name else _("Events and calls")
    return _answer(request, calendar_of(events, locale.language_code, name))


def _locale() -> Locale:
    locale: Locale = Locale.objects.get(language_code=reader_language())
    return locale


def _answer(request: HttpRequest, content: bytes) -> HttpResponse:
    etag = quote_etag(sha256(content).hexdigest()[:32])
    response: HttpResponse = get_conditional_response(request, etag=etag) or HttpResponse(
        content, content_type=CALENDAR_TYPE
    )
    response["ETag"] = etag
    response["X-Robots-Tag"] = "noindex"
    patch_cache_control(response, public=True, max_age=300)
    return response
