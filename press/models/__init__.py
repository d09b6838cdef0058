"""The press room and its inquiries."""

from .inquiry import Inquiry
from .inquiry_page import InquiryPage
from .office_calendar import Holiday, OfficeHours
from .press_release import PressReleasePage, latest_releases, releases_in
from .press_room import PressRoomPage
from .release_parts import ReleaseContact, ReleaseCorrection, ReleasePicture
from .spokesperson import Spokesperson
from .subscription import ReleaseAnnouncement, Subscription

__all__ = [
    "Holiday",
    "Inquiry",
    "InquiryPage",
    "OfficeHours",
    "PressReleasePage",
    "PressRoomPage",
    "ReleaseAnnouncement",
    "ReleaseContact",
    "ReleaseCorrection",
    "ReleasePicture",
    "Spokesperson",
    "Subscription",
    "latest_releases",
    "releases_in",
]
