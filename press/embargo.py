"""The rule of publication that press releases add: under embargo, no language of a release comes out."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from core.publication import Hold, Version, rules
from press.models import PressReleasePage


def under_embargo(version: Version) -> Iterator[Hold]:
    """In whatever language the embargo was set."""
    end = version.page.end_of_embargo() if isinstance(version.page, PressReleasePage) else None
    if end:
        yield Hold(end, _("the release is under embargo."))


rules.append(under_embargo)
