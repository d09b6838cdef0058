from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.languages.versions import public_pages
from core.models import BasePage
from core.pages.pagination import paginated
from core.pictures.renditions import prefetch_renditions
from core.web.protection import tell_nobody
from listing.narrowed import ListedCards
from listing.newest import of_type
from press.hours.calendar import hours_are_confirmed, office_calendar, opening_text
from press.hours.desk_hours import desk_hours
from press.inquiries.page import InquiryPage
from press.releases.feeds import release_feeds
from press.releases.page import PressReleasePage, latest_press_pictures, topics_of_releases
from press.staffing.models.desk import Desk

from .spokespeople import SpokespeopleFilter, listed_spokespeople, matching

ITEMS_PER_PAGE = 12
PICTURES = 6


class PressRoomPage(BasePage):
    """The starting page for journalists: the contact, the way to ask, the releases."""

    template = "pages/press_room_page.html"
    role = "index"
    bundle_path = "pages/press"
    parent_page_types = ["home.HomePage"]
    subpage_types = ["press.PressReleasePage", "press.InquiryPage"]
    max_count_per_parent = 1

    class Meta:
        verbose_name = _("press room")
        verbose_name_plural = _("press rooms")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        context["desks"] = list(Desk.objects.exclude(phone=""))
        if hours_are_confirmed():
            context["desk_hours"] = desk_hours(office_calendar())
            context["opening"] = opening_text(office_calendar(), timezone.now())
        people = listed_spokespeople()
        context["spokespeople_filter"] = filter_form = SpokespeopleFilter(request.GET, people)
        context["any_spokespeople"] = bool(people)
        context["spokespeople"] = matching(people, filter_form.chosen)
        language = self.locale.language_code
        context["pictures"] = latest_press_pictures(language, PICTURES)
        context["feeds"] = release_feeds(language, topics_of_releases(language))
        context["subscribe_url"] = reverse("subscribe")
        releases = ListedCards(of_type(PressReleasePage.document_type, language))
        context["items"] = paginated(request, releases, ITEMS_PER_PAGE)
        prefetch_renditions([self])
        context["inquiry_page"] = public_pages(InquiryPage.objects.child_of(self)).first()
        return context

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Serve the page so that no other site learns of the visit: journalists at risk begin here."""
        response: HttpResponse = super().serve(request, *args, **kwargs)
        return tell_nobody(response)
