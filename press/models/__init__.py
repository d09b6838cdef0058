"""The press room and its inquiries."""

from .inquiry import Inquiry
from .inquiry_page import InquiryPage
from .office_calendar import Holiday, OfficeHours
from .press_release import PressReleasePage, ReleaseContact, latest_releases, releases_in
from .press_room import PressRoomPage

__all__ = [
    "Holiday",
    "Inquiry",
    "InquiryPage",
    "OfficeHours",
    "PressReleasePage",
    "PressRoomPage",
    "ReleaseContact",
    "latest_releases",
    "releases_in",
]
