"""In which language the site speaks to a member of staff."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from wagtail.users.models import UserProfile


def mail_language(user: Any) -> str:
    """Of mail: the one that they have chosen in their account, else the site's."""
    profile = UserProfile.objects.filter(user=user).first()
    chosen = str(profile.preferred_language if profile else "")[:2]
    return chosen if chosen in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE


def admin_language(request: HttpRequest) -> str:
    """Of the admin, for whoever asks; Wagtail begins to use it in the view only."""
    profile = UserProfile.objects.filter(user=request.user.pk).first()
    return str(profile.get_preferred_language()) if profile else settings.LANGUAGE_CODE
