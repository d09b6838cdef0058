"""Subtrees that are to become public and have more pages than an editor waits for: the worker asks the gate.

Until the gate has admitted every page, a restriction replaces the one that was lifted, or is put on the subtree that
was moved out of a private section. So nothing is public before it has been judged, and if one page is refused, the
whole subtree stays private.
"""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils import timezone
from wagtail.log_actions import LogContext, get_active_log_context
from wagtail.models import Page, PageViewRestriction

from core.content_types.builder import absolute_url
from core.languages.versions import in_a_tree, readable_pages
from core.processing.unit_of_work import unit_of_work

from . import large_changes, staff_mail
from .gate import admit_all, refusals_of_live
from .models import Opening

# How many pages the worker judges in one transaction; about 10 ms each.
_IN_A_STEP = 50
# How many of the refused pages are named.
_NAMED = 20


def judge(pages: Any, top: Page, like: PageViewRestriction | None) -> bool:
    """Ask the gate about `pages`, which are below `top` and are to become public. Raise PublicationRefused if they may
    not.

    Return whether they have to wait for the worker because there are many of them. In that case `top` is restricted in
    the same way as `like` or, if that is None, to users who are signed in.
    """
    if not large_changes.is_large(number := pages.count()):
        admit_all(pages.specific())
        return False
    _begin(top, like, number)
    return True


def judge_again(path: str) -> None:
    """Restart openings that cover this path, because pages were added behind a restriction about to be lifted."""
    for opening in Opening.objects.filter(ended_at=None).select_related("restriction__page"):
        if path.startswith(opening.restriction.page.path):
            pages = pages_of(opening).count()
            Opening.objects.filter(pk=opening.pk).update(last_page=0, judged=0, refused=[], pages=pages)


def pages_of(opening: Opening) -> Any:
    """Return the pages that become public with an opening: all below it that no other restriction covers."""
    path = opening.restriction.page.path
    others = PageViewRestriction.objects.exclude(pk=opening.restriction_id).filter(page__path__startswith=path)
    pages = readable_pages(Page.objects.filter(path__startswith=path)).filter(in_a_tree())
    for inside in others.values_list("page__path", flat=True):
        pages = pages.exclude(path__startswith=inside)
    return pages


def refused_openings() -> list[dict[str, Any]]:
    """Return the subtrees that stay private because of some of their pages, in the form of `described`."""
    ended = Opening.objects.exclude(ended_at=None).select_related("restriction__page", "user").order_by("ended_at")
    return [described(opening) for opening in ended]


def described(opening: Opening) -> dict[str, Any]:
    """Return what staff need to know, in the reader's language: when the judging ended, the page, the current
    objections to the first refused pages, and how many more were refused.
    """
    page = opening.restriction.page
    named = Page.objects.filter(pk__in=opening.refused[:_NAMED]).order_by("path")
    return {
        "since": opening.ended_at,
        "page": page,
        "refusals": refusals_of_live(named.specific(), opening.user),
        "more": max(0, len(opening.refused) - _NAMED),
        "address": absolute_url(reverse("wagtailadmin_explore", args=[page.pk])),
    }


class Openings:
    """A follower that the worker runs in its own thread."""

    def __str__(self) -> str:
        return "Judging what is to become public"

    def __call__(self) -> int:
        """Do one step; return how many pages were judged, or 1 for the final step."""
        return continue_opening()


def continue_opening() -> int:
    """Judge the next pages of an unfinished opening, or end it; return 0 if there is none for this worker."""
    with unit_of_work():
        going_on = Opening.objects.filter(ended_at=None).order_by("pk")
        opening = going_on.select_for_update(skip_locked=True, of=("self",)).first()
        if opening is None:
            return 0
        pages = list(pages_of(opening).filter(pk__gt=opening.last_page).order_by("pk")[:_IN_A_STEP].specific())
        with LogContext(user=opening.user):
            if not pages:
                _end(opening)
                return 1
            opening.refused += sorted({refusal.page.pk for refusal in refusals_of_live(pages, opening.user)})
        opening.last_page = pages[-1].pk
        opening.judged += len(pages)
        opening.progressed_at = timezone.now()
        opening.save()
        return len(pages)


def _begin(top: Page, like: PageViewRestriction | None, pages: int) -> None:
    values = {"restriction_type": like.restriction_type, "password": like.password} if like else {}
    stand_in = PageViewRestriction(page=top, **{"restriction_type": PageViewRestriction.LOGIN} | values)
    # Without signals: nothing becomes private that was not private before.
    PageViewRestriction.objects.bulk_create([stand_in])
    stand_in.groups.set(like.groups.all() if like else ())
    opening = Opening.objects.create(restriction=stand_in, user=get_active_log_context().user, pages=pages)
    large_changes.tell_of(opening)


def _end(opening: Opening) -> None:
    """Make it public or, if pages were refused, leave it private and tell the person who requested it."""
    if opening.refused:
        opening.ended_at = timezone.now()
        opening.save()
        users = staff_mail.those_of([opening.user_id] if opening.user_id else [])
        about = f"publishing.opening:{opening.pk}"
        staff_mail.tell(users, "refused_opening", lambda: described(opening), about=about)
        return
    opening.restriction._is_judged = True
    opening.restriction.delete(user=opening.user)
