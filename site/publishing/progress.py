"""Messages and panels that show editors the large changes that the worker is processing."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils import timezone, translation
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from wagtail.admin.ui.components import Component
from wagtail.models import Page

from accounts.languages import admin_language
from core.text.bidi import isolate_where_needed

from .large_changes import CONTENTS_AT_ONCE, STALLED_AFTER, begun_here
from .models import LargeChange, Opening
from .openings import refused_openings

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


def judged_sentence(opening: Opening) -> str:
    return _(
        "“%(name)s” becomes public as soon as all of its pages have been checked: %(left)s of %(pages)s are left. "
        "Until then it stays private; you can go on working."
    ) % {
        "name": isolate_where_needed(opening.restriction.page.get_admin_display_title()),
        "left": _number(max(0, opening.pages - opening.judged)),
        "pages": _number(opening.pages),
    }


def stalled_sentence() -> str:
    return _(
        "Nothing has moved for a minute: the worker of the site does not seem to run. "
        "Please tell the person who looks after the site."
    )


def deletion_sentence(pages: int) -> str:
    return _(
        "Deleting %(pages)s pages takes minutes, during which nobody can save anything. To take them offline, "
        "unpublishing the section is enough: that takes a moment."
    ) % {"pages": _number(pages)}


def is_stalled(change: LargeChange | Opening) -> bool:
    return timezone.now() - change.progressed_at > STALLED_AFTER


def _name(change: LargeChange) -> str:
    if change.title:
        return change.title
    return _("Office settings") if change.kind == "office" else _("The whole site")


def _number(value: int) -> str:
    return str(number_format(value, force_grouping=True))


class ProgressPanel(Component):
    """A panel on the admin home page, shown while there is something to report."""

    name = "large_changes"
    template_name = "admin/large_changes.html"
    order = 80

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        changes = list(LargeChange.objects.order_by("begun_at"))
        openings = list(_going_on().order_by("begun_at"))
        # All of them wait for the same worker, so the most recent progress shows whether one is running.
        going_on: list[LargeChange | Opening] = [*changes, *openings]
        stalled = bool(going_on) and all(map(is_stalled, going_on))
        return {
            "changes": [
                *((progress_sentence(change), change.pages_done, change.pages) for change in changes),
                *((judged_sentence(opening), opening.judged, opening.pages) for opening in openings),
            ],
            "stalled": stalled_sentence() if stalled else "",
        }


class RefusedOpeningsPanel(Component):
    """A panel on the admin home page, for users who may publish: what was to become public but stays private."""

    name = "refused_openings"
    template_name = "admin/refused_openings.html"
    order = 55

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        user = parent_context["request"].user
        return {
            "openings": [
                opening
                for opening in refused_openings()
                if opening["page"].permissions_for_user(user).can_set_view_restrictions()
            ]
        }


class LargeChangeMiddleware:
    """Informs the editor whose request began a large change, and anyone who opens the section concerned."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.method != "POST" or not request.path_info.startswith("/admin/"):
            return self.get_response(request)
        with begun_here() as begun:
            response = self.get_response(request)
        if begun:
            with translation.override(admin_language(request)):
                for change in begun:
                    # A request that is run again after a collision has begun its change more than once.
                    stored = type(change)._default_manager.filter(pk=change.pk).first()
                    if stored:
                        messages.info(request, _sentence_on_beginning(stored))
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


def _sentence_on_beginning(change: LargeChange | Opening) -> str:
    return begun_sentence(change) if isinstance(change, LargeChange) else judged_sentence(change)


def _going_on() -> QuerySet[Opening]:
    return Opening.objects.filter(ended_at=None).select_related("restriction__page")


def _tell_of_changes_above(request: HttpRequest, number: object) -> None:
    changes, openings = _above(number)
    with translation.override(admin_language(request)):
        for sentence in (*map(progress_sentence, changes), *map(judged_sentence, openings)):
            messages.info(request, sentence)
        if any(map(is_stalled, changes)) or any(map(is_stalled, openings)):
            messages.warning(request, stalled_sentence())


def _warn_of_a_large_deletion(request: HttpRequest, number: object) -> None:
    """Warn that Wagtail deletes page by page, in one transaction that blocks all editors."""
    page = Page.objects.filter(pk=number).first()
    below = page.get_descendants().count() if page else 0
    if below > CONTENTS_AT_ONCE:
        with translation.override(admin_language(request)):
            messages.warning(request, deletion_sentence(below))


def _above(number: object) -> tuple[list[LargeChange], list[Opening]]:
    """Return the large changes and openings of a page or of the pages above it."""
    changes = list(LargeChange.objects.exclude(page=None).select_related("page"))
    openings = list(_going_on())
    if not (changes or openings):
        return [], []
    path = Page.objects.filter(pk=number).values_list("path", flat=True).first() or ""
    return (
        [change for change in changes if change.page and path.startswith(change.page.path)],
        [opening for opening in openings if path.startswith(opening.restriction.page.path)],
    )
