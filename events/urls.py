"""URLs of events other than pages, below the language prefix."""

from django.urls import path

from . import views

urlpatterns = [
    path("feeds/events.ics", views.events_calendar, name="events_calendar"),
    path("feeds/events/<uuid:content_id>.ics", views.event_calendar, name="event_calendar"),
]
