from .event_index_page import EventIndexPage
from .event_page import EventCorrection, EventFile, EventPage, Kind, events_in, next_end, past_in, upcoming_in

__all__ = [
    "EventCorrection",
    "EventFile",
    "EventIndexPage",
    "EventPage",
    "Kind",
    "events_in",
    "next_end",
    "past_in",
    "upcoming_in",
]
