"""The press room and its inquiries."""

from press.desk.models import SavedFilter
from press.hours.models import Holiday, HolidayName, OfficeHours
from press.inquiries.models.coverage import InquiryCoverage
from press.inquiries.models.inquiry import Attribution, ContactMethod, Inquiry, InquiryKind, InquiryState
from press.inquiries.models.records import (
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
from press.inquiries.models.sent_notice import SentNotice
from press.inquiries.page import InquiryPage
from press.releases.page import PressReleasePage
from press.releases.parts import ReleaseContact, ReleaseCorrection, ReleasePicture
from press.room.page import PressRoomPage
from press.room.spokesperson import Spokesperson, SpokespersonText
from press.staffing.models.desk import Desk, DeskName, RoutingRule
from press.staffing.models.notices import Notice, OfficerNotices
from press.staffing.models.roster import Cover, Duty
from press.subscriptions.models import ReleaseAnnouncement, Subscription

__all__ = [
    "Attribution",
    "CannedReply",
    "Channel",
    "ContactMethod",
    "Cover",
    "Desk",
    "DeskName",
    "Duty",
    "EventKind",
    "Holiday",
    "HolidayName",
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
    "SpokespersonText",
    "Subscription",
]
