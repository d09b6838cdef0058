"""The press room and its inquiries."""

from .coverage import InquiryCoverage
from .desk import Desk, RoutingRule
from .inquiry import Attribution, ContactMethod, Inquiry, InquiryKind, InquiryState
from .inquiry_page import InquiryPage
from .inquiry_records import (
    CannedReply,
    Channel,
    EventKind,
    InquiryDraft,
    InquiryEvent,
    InquiryMessage,
    InquiryNote,
    InquiryPause,
    InquiryReading,
)
from .notice import Notice, OfficerNotices, SentNotice
from .office_calendar import Holiday, OfficeHours
from .press_release import PressReleasePage, latest_releases, releases_in
from .press_room import PressRoomPage
from .release_parts import ReleaseContact, ReleaseCorrection, ReleasePicture
from .roster import Cover, Duty
from .saved_filter import SavedFilter
from .spokesperson import Spokesperson
from .subscription import ReleaseAnnouncement, Subscription

__all__ = [
    "Attribution",
    "CannedReply",
    "Channel",
    "ContactMethod",
    "Cover",
    "Desk",
    "Duty",
    "EventKind",
    "Holiday",
    "Inquiry",
    "InquiryCoverage",
    "InquiryDraft",
    "InquiryEvent",
    "InquiryKind",
    "InquiryMessage",
    "InquiryNote",
    "InquiryPage",
    "InquiryPause",
    "InquiryReading",
    "InquiryState",
    "Notice",
    "OfficeHours",
    "OfficerNotices",
    "PressReleasePage",
    "PressRoomPage",
    "ReleaseAnnouncement",
    "ReleaseContact",
    "ReleaseCorrection",
    "ReleasePicture",
    "RoutingRule",
    "SavedFilter",
    "SentNotice",
    "Spokesperson",
    "Subscription",
    "latest_releases",
    "releases_in",
]
