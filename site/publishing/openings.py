"""Parts of the tree that are to become public and hold more pages than an editor waits for: the worker asks the gate.

Until it has admitted every page, a restriction stands in the place of the one that was lifted, or on top of what was
moved out of a private part. So nothing is public before it has been judged, and nothing of it where one page may not.
"""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils import timezone
from wagtail.log_actions import LogContext, get_active_log_context
from wagtail.models import Page, PageViewRestriction

from core.documents import absolute_url
from core.languages import in_a_tree, readable_pages
from core.unit_of_work import unit_of_work

from . import large_changes, staff_mail
from .gate import admit_all, refusals_of_live
from .models import Opening

# How many pages the worker judges in one transaction; each some 10 ms.
_IN_A_STEP = 50
# How many pages that may not become public are named.
_NAMED = 20


def judge(pages: Any, top: Page, like: PageViewRestriction | None) -> bool:
    """Ask the gate for `pages`, which stand below `top` and are to become public. Raises PublicationRefused.

    Returns whether they have to wait for the worker, since they are many: then `top` is restricted as `like` restricts
    it, and with None to those who are signed in.
    """
    if not large_changes.is_large(number := pages.count()):
        admit_all(pages.specific())
        return False
    _begin(top, like, number)
    return True


def judge_again(path: str) -> None:
    """Something came to stand at this path behind a restriction that is about to be lifted."""
    for opening in Opening.objects.filter(ended_at=None).select_related("restriction__page"):
        if path.startswith(opening.restriction.page.path):
            pages = pages_of(opening).count()
            Opening.objects.filter(pk=opening.pk).update(last_page=0, judged=0, refused=[], pages=pages)


def pages_of(opening: Opening) -> Any:
    """The pages that become public with it: all below that no other restriction covers."""
    path = opening.restriction.page.path
    others = PageViewRestriction.objects.exclude(pk=opening.restriction_id).filter(page__path__startswith=path)
    pages = readable_pages(Page.objects.filter(path__startswith=path)).filter(in_a_tree())
    for inside in others.values_list("page__path", flat=True):
        pages = pages.exclude(path__startswith=inside)
    return pages


def refused_openings() -> list[dict[str, Any]]:
    """The parts that stay private because of some of their pages, as `described` gives them."""
    ended = Opening.objects.exclude(ended_at=None).select_related("restriction__page", "user").order_by("ended_at")
    return [described(opening) for opening in ended]


def described(opening: Opening) -> dict[str, Any]:
    """What a person is to know: since when it is judged, its page, and what speaks against it, in the reader's
    language: of the first pages, as they are now, and of how many more.
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
    """Follows in the worker, in a thread of its own."""

    def __str__(self) -> str:
        return "Judging what is to become public"

    def __call__(self) -> int:
        """Do a step; returns how many pages were judged, and 1 for the end."""
        return continue_opening()


def continue_opening() -> int:
    """Judge the next pages of one that is not at its end, or end it; returns 0 where there is none for this worker."""
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
    # Without signals: nothing becomes private that was not.
    PageViewRestriction.objects.bulk_create([stand_in])
    stand_in.groups.set(like.groups.all() if like else ())
    opening = Opening.objects.create(restriction=stand_in, user=get_active_log_context().user, pages=pages)
    large_changes.tell_of(opening)


def _end(opening: Opening) -> None:
    """Make it public, or leave it as it is and tell who wanted it."""
    if opening.refused:
        opening.ended_at = timezone.now()
        opening.save()
        users = staff_mail.those_of([opening.user_id] if opening.user_id else [])
        about = f"publishing.opening:{opening.pk}"
        staff_mail.tell(users, "refused_opening", lambda: described(opening), about=about)
        return
    opening.restriction._is_judged = True
    opening.restriction.delete(user=opening.user)
