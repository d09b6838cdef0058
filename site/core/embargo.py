"""Embargoes: the time until which no language of a content may be public.

The embargo belongs to the content. It is stored on the page of each language, the same on all of them, and only
`set_embargo` changes it.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db.models import Q
from django.dispatch import Signal
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.functional import lazy
from django.utils.text import format_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.log_actions import log
from wagtail.models import Page, Revision

from core.dates import date_time_text
from core.languages.declared import language_name
from core.models import EmbargoedPage
from core.processing.unit_of_work import unit_of_work
from core.publication.contents import lock_content, pages_of, scheduled_revisions
from core.publication.rules import Hold, Version, rules
from core.text.lists import listed

# Sent within the transaction that changes the embargo of a content, with `content_id`.
embargo_changed = Signal()


class EmbargoRefused(ValidationError):
    """The embargo stays as it is; the message says why."""


def set_embargo(content_id: UUID, until: datetime | None, user: Any = None) -> bool:
    """Put a content under embargo in all its languages, move the embargo, or lift it with None; return whether anything
    changed. Raise EmbargoRefused if a language is already public or the user lacks the right.

    Scheduled versions wait for the new moment, or for a later one that an editor chose for them. A version that nothing
    holds back any more is due at once, and the worker publishes all languages together. `user`: the person who does it;
    None: a command, which has every right.
    """
    with unit_of_work():
        lock_content(content_id)
        pages = _embargoed(content_id)
        before = _embargo_of(pages)
        if all(page.embargo_until == until for page in pages):
            return False
        _check(pages, until, user)
        for model in {type(page) for page in pages}:
            model._default_manager.filter(translation_key=content_id).update(embargo_until=until)
        for page in pages:
            page.embargo_until = until
            _move_schedule(page, before, until)
            action = "embargo.set" if until else "embargo.lift"
            log(page, action, user=user, data={"until": until and until.isoformat()})
        embargo_changed.send(EmbargoedPage, content_id=content_id)
    return True


def check_embargo(content_id: UUID, until: datetime | None, user: Any) -> None:
    """Raise EmbargoRefused if `set_embargo` would."""
    _check(_embargoed(content_id), until, user)


def under_embargo(version: Version) -> Iterator[Hold]:
    """Yield a hold until the embargo of a content ends (a rule of publication); it applies to all languages."""
    until = version.page.end_of_embargo if isinstance(version.page, EmbargoedPage) else None
    if until:
        sentence = gettext_lazy("it is under embargo until {moment}, in every language.")
        yield Hold(until, format_lazy(sentence, moment=lazy(date_time_text, str)(until)))


def _embargoed(content_id: UUID) -> list[EmbargoedPage]:
    return [page for page in pages_of(content_id).specific() if isinstance(page, EmbargoedPage)]


def _embargo_of(pages: list[EmbargoedPage]) -> datetime | None:
    return max((page.embargo_until for page in pages if page.embargo_until), default=None)


def _check(pages: list[EmbargoedPage], until: datetime | None, user: Any) -> None:
    now = timezone.now()
    out = [page for page in pages if page.live and not page.alias_of_id]
    if until and until > now and out:
        raise EmbargoRefused(
            _("It is out already (%(languages)s), so an embargo can hold nothing back. Unpublish it there first.")
            % {"languages": _names(out)}
        )
    before = _embargo_of(pages)
    if user is None or before is None or before <= now or (until and until >= before):
        return
    waiting = [page for page in pages if scheduled_revisions(page).exists()]
    without = [page for page in waiting if not page.permissions_for_user(user).can_publish()]
    if without:
        raise EmbargoRefused(
            _("To end the embargo sooner publishes what waits for it, which you may not do in: %(languages)s.")
            % {"languages": _names(without)}
        )


def _names(pages: list[EmbargoedPage]) -> str:
    return listed([language_name(page.locale.language_code) for page in pages])


def _move_schedule(page: EmbargoedPage, before: datetime | None, until: datetime | None) -> None:
    """Make scheduled versions and the newest version follow an embargo that has moved."""
    kept = Q(approved_go_live_at__isnull=False) | Q(pk=page.latest_revision_id)
    for revision in Revision.page_revisions.filter(kept, object_id=str(page.pk)):
        chosen = parse_datetime(revision.content.get("go_live_at") or "")
        if before and chosen == before:
            # It was the embargo's time, which the form fills in; nobody chose it.
            chosen = None
            revision.content["go_live_at"] = until and until.isoformat()
        if revision.approved_go_live_at:
            revision.approved_go_live_at = max(filter(None, [chosen, until]), default=timezone.now())
            Page.objects.filter(pk=page.pk, live=False).update(go_live_at=revision.approved_go_live_at)
        # Without `update_fields`, which Wagtail takes for a cancelled schedule.
        revision.save()


rules.append(under_embargo)
