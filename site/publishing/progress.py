"""What editors see of large changes while the worker is at them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.utils import timezone, translation
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from wagtail.admin.ui.components import Component
from wagtail.models import Page

from accounts.languages import admin_language

from .large_changes import CONTENTS_AT_ONCE, STALLED_AFTER, begun_here
from .models import LargeChange

GetResponse = Callable[[HttpRequest], HttpResponse]
_VIEWS_OF_A_SECTION = ("wagtailadmin_explore", "wagtailadmin_pages:edit")


def begun_sentence(change: LargeChange) -> str:
    return _(
        "The change is made. Search, feeds and partners follow step by step, for %(pages)s pages in all; "
        "you can go on working."
    ) % {"pages": _number(change.pages)}


def progress_sentence(change: LargeChange) -> str:
    return _("%(name)s: search, feeds and partners still have to follow for %(left)s of %(pages)s pages.") % {
        "name": _name(change),
        "left": _number(change.pages_left),
        "pages": _number(change.pages),
    }


def stalled_sentence() -> str:
    return _(
        "Nothing has moved for a minute: the worker of the site does not seem to run. "
        "Please tell whoever looks after the site."
    )


def deletion_sentence(pages: int) -> str:
    return _(
        "To delete %(pages)s pages takes minutes, in which nobody can save anything. To take them offline it is enough "
        "to unpublish the section: that takes a moment."
    ) % {"pages": _number(pages)}


def is_stalled(change: LargeChange) -> bool:
    return timezone.now() - change.progressed_at > STALLED_AFTER


def _name(change: LargeChange) -> str:
    if change.title:
        return change.title
    return _("Office settings") if change.kind == "office" else _("The whole site")


def _number(value: int) -> str:
    return str(number_format(value, force_grouping=True))


class ProgressPanel(Component):
    """On the first page of the admin, as long as there is something to tell."""

    name = "large_changes"
    template_name = "admin/large_changes.html"
    order = 80

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        changes = list(LargeChange.objects.order_by("begun_at"))
        # All wait for the same worker: what moved last says whether there is one.
        stalled = bool(changes) and all(map(is_stalled, changes))
        return {
            "changes": [(progress_sentence(change), change.pages_done, change.pages) for change in changes],
            "stalled": stalled_sentence() if stalled else "",
        }


class LargeChangeMiddleware:
    """Tells the editor whose request has begun a large change, and whoever opens the section that is concerned."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.method != "POST" or not request.path_info.startswith("/admin/"):
            return self.get_response(request)
        with begun_here() as begun:
            response = self.get_response(request)
        if begun:
            # A request that collided with another and was carried out again has begun its change more than once.
            stored = LargeChange.objects.filter(pk__in=[change.pk for change in begun])
            with translation.override(admin_language(request)):
                for change in stored:
                    messages.info(request, begun_sentence(change))
        return response

    def process_view(self, request: HttpRequest, view: Any, arguments: Any, keywords: Any) -> None:
        match = request.resolver_match
        number = next(iter((*arguments, *keywords.values())), None)
        if request.method != "GET" or match is None:
            return
        if match.view_name == "wagtailadmin_pages:delete":
            _warn_of_a_large_deletion(request, number)
        if match.view_name in _VIEWS_OF_A_SECTION:
            _tell_of_changes_above(request, number)


def _tell_of_changes_above(request: HttpRequest, number: object) -> None:
    changes = _changes_above(number)
    if changes:
        with translation.override(admin_language(request)):
            for change in changes:
                messages.info(request, progress_sentence(change))
                if is_stalled(change):
                    messages.warning(request, stalled_sentence())


def _warn_of_a_large_deletion(request: HttpRequest, number: object) -> None:
    """Wagtail deletes page by page, in one transaction for which all editors wait."""
    page = Page.objects.filter(pk=number).first()
    below = page.get_descendants().count() if page else 0
    if below > CONTENTS_AT_ONCE:
        with translation.override(admin_language(request)):
            messages.warning(request, deletion_sentence(below))


def _changes_above(number: object) -> list[LargeChange]:
    """The large changes of a page or of one above it."""
    changes = list(LargeChange.objects.exclude(page=None).select_related("page"))
    path = Page.objects.filter(pk=number).values_list("path", flat=True).first() if changes and number else None
    return [change for change in changes if path and change.page and path.startswith(change.page.path)]
