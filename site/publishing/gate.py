"""The gate: decides whether a version of a content may become public now and, if not, why.

Every way to publish passes through it, below the forms; `publishing.ways` makes sure of that. The decision is up to
the rules that apps register (core.publication.rules).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils import timezone
from wagtail.log_actions import get_active_log_context
from wagtail.models import Page

from core.models import BasePage
from core.publication.rules import Hold, PublicationRefused, Refusal, Version, findings


@dataclass(frozen=True)
class Verdict:
    """The result of the rules for a version: it is refused, it has to wait, or it may become public now."""

    refusals: tuple[Refusal, ...]
    holds: tuple[Hold, ...]

    @property
    def held_until(self) -> datetime | None:
        """Return when the last hold ends, or None if there is no hold."""
        return max((hold.until for hold in self.holds), default=None)


def verdict(page: Any, user: Any = None) -> Verdict:
    """Apply the rules to this version of a page and return the verdict. `user` is the person who publishes it; None
    means the user of the current admin request or, outside the admin, the schedule or a command, which may do
    everything.
    """
    version = Version(page.specific, user or get_active_log_context().user)
    found = list(findings(version))
    now = timezone.now()
    return Verdict(
        refusals=tuple(finding for finding in found if isinstance(finding, Refusal)),
        holds=tuple(finding for finding in found if isinstance(finding, Hold) and finding.until > now),
    )


def admit(page: Any, user: Any = None) -> Verdict:
    """Return the verdict on a version that may become public, now or later. Raise PublicationRefused if it may not."""
    found = verdict(page, user)
    if found.refusals:
        raise PublicationRefused(found.refusals)
    return found


def admit_all(pages: Iterable[Page]) -> None:
    """Check that live pages may become public together. Raise PublicationRefused with all reasons if not."""
    refusals = refusals_of_live(pages)
    if refusals:
        raise PublicationRefused(refusals)


def refusals_of_live(pages: Iterable[Page], user: Any = None) -> list[Refusal]:
    """Return the objections to pages that are live. Holds count as refusals, since a live page cannot wait."""
    refusals: list[Refusal] = []
    for page in pages:
        found = verdict(page, user)
        refusals += found.refusals
        refusals += [Refusal(page.specific, hold.reason) for hold in found.holds]
    return refusals


def is_gated(page: Any) -> bool:
    """Return whether a page goes through the gate: pages of the site's own types do, except aliases, which are never
    public.
    """
    return isinstance(page, BasePage) and not page.alias_of_id
