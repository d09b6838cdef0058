"""The gate: whether a version of a content may become public now, and if not, why.

Every way to publish asks here, below the forms: `publishing.ways` sees to that. What decides are the rules that apps
register (core.publication).
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
from core.publication import Hold, PublicationRefused, Refusal, Version, findings


@dataclass(frozen=True)
class Verdict:
    """What the rules say of a version: it is refused, it waits, or it may become public now."""

    refusals: tuple[Refusal, ...]
    holds: tuple[Hold, ...]

    @property
    def held_until(self) -> datetime | None:
        """When the last of those who hold it back lets it go; None where nothing holds it."""
        return max((hold.until for hold in self.holds), default=None)


def verdict(page: Any, user: Any = None) -> Verdict:
    """What the rules say of this version of a page. `user`: who publishes it; None: whoever is at work in the admin,
    and outside of it the schedule or a command, which have every right.
    """
    version = Version(page.specific, user or get_active_log_context().user)
    found = list(findings(version))
    now = timezone.now()
    return Verdict(
        refusals=tuple(finding for finding in found if isinstance(finding, Refusal)),
        holds=tuple(finding for finding in found if isinstance(finding, Hold) and finding.until > now),
    )


def admit(page: Any, user: Any = None) -> Verdict:
    """The verdict on a version that may become public, now or later. Raises PublicationRefused."""
    found = verdict(page, user)
    if found.refusals:
        raise PublicationRefused(found.refusals)
    return found


def admit_all(pages: Iterable[Page]) -> None:
    """Let pages that are live become public together. Raises PublicationRefused, with all reasons, unless all may."""
    refusals = refusals_of_live(pages)
    if refusals:
        raise PublicationRefused(refusals)


def refusals_of_live(pages: Iterable[Page], user: Any = None) -> list[Refusal]:
    """What speaks against pages that are live: those that are held cannot wait where they are."""
    refusals: list[Refusal] = []
    for page in pages:
        found = verdict(page, user)
        refusals += found.refusals
        refusals += [Refusal(page.specific, hold.reason) for hold in found.holds]
    return refusals


def is_gated(page: Any) -> bool:
    """Whether a page goes through the gate: those of the site's own types do. An alias is never public."""
    return isinstance(page, BasePage) and not page.alias_of_id
