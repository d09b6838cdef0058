"""The press room and its inquiries."""

from .desk import Desk, RoutingRule
from .inquiry import Attribution, ContactMethod, Inquiry, InquiryKind, InquiryState
from .inquiry_page import InquiryPage
from .inquiry_records import (
    CannedReply,
    EventKind,
    InquiryEvent,
    InquiryMessage,
    InquiryNote,
    InquiryPause,
    InquiryReading,
)
from .office_calendar import Holiday, OfficeHours
from .press_release import PressReleasePage, ReleaseContact, latest_releases, releases_in
from .press_room import PressRoomPage
from .saved_filter import SavedFilter

__all__ = [
    "Attribution",
    "CannedReply",
    "ContactMethod",
    "Desk",
    "EventKind",
    "Holiday",
    "Inquiry",
    "InquiryEvent",
    "InquiryKind",
    "InquiryMessage",
    "InquiryNote",
    "InquiryPage",
    "InquiryPause",
    "InquiryReading",
    "InquiryState",
    "OfficeHours",
    "PressReleasePage",
    "PressRoomPage",
    "ReleaseContact",
    "RoutingRule",
    "SavedFilter",
    "latest_releases",
    "releases_in",
]
