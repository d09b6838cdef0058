"""Choose the language in which the site addresses a member of staff."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import get_supported_language_variant
from wagtail.users.models import UserProfile


def mail_language(user: Any) -> str:
    """Return the language of mail: the one chosen in the user's account, otherwise the site's."""
    profile = UserProfile.objects.filter(user=user).first()
    chosen = str(profile.preferred_language if profile else "")
    try:
        return get_supported_language_variant(chosen)
    except LookupError:
        return settings.LANGUAGE_CODE


def admin_language(request: HttpRequest) -> str:
    """Return the admin language of the user of a request; Wagtail activates it only in the view."""
    profile = UserProfile.objects.filter(user=request.user.pk).first()
    return str(profile.get_preferred_language()) if profile else settings.LANGUAGE_CODE
