"""The API's own records: keys, which only raise a partner's quota, and links to previews."""

from __future__ import annotations

import hashlib
import secrets
from typing import Any

from django.conf import settings
from django.core.cache import cache
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class ApiKey(models.Model):
    """A partner's key. Only its digest is stored: the key itself is shown once, when it is created."""

    name = models.CharField(_("name"), max_length=120, help_text=_("The partner that uses the key."))
    digest = models.CharField(max_length=64, unique=True, editable=False)
    # Lets a partner and the office tell which key they are talking about.
    beginning = models.CharField(_("begins with"), max_length=10, editable=False)
    is_revoked = models.BooleanField(
        _("revoked"), default=False, help_text=_("The key is refused from then on, within a minute.")
    )
    expires_on = models.DateField(
        _("last day"),
        null=True,
        blank=True,
        help_text=_("The key works until the end of this day. Colleagues are told a month before. Empty: no end."),
    )
    # When the partner's program last used it, accurate to the hour (api.keys).
    last_used_at = models.DateTimeField(_("last used"), null=True, editable=False)
    # The last day that staff have been notified of.
    warned_of = models.DateField(null=True, editable=False)
    created_at = models.DateTimeField(_("created"), auto_now_add=True)

    class Meta:
        verbose_name = _("API key")
        verbose_name_plural = _("API keys")
        ordering = ["name", "pk"]

    def __str__(self) -> str:
        return f"{self.name} ({self.beginning}…)"

    def save(self, *args: Any, **kwargs: Any) -> None:
        super().save(*args, **kwargs)
        cache.delete(remembered_as(self.digest))

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        cache.delete(remembered_as(self.digest))
        return super().delete(*args, **kwargs)

    def set_new_key(self) -> str:
        """Set a new key of 256 random bits and return it; it cannot be recovered later."""
        key = f"key_{secrets.token_urlsafe(32)}"
        self.digest, self.beginning = digest_of(key), key[:10]
        return key


def digest_of(key: str) -> str:
    return hashlib.sha256(key.encode()).hexdigest()


def remembered_as(digest: str) -> str:
    """Return the cache key for the lookup of an API key."""
    return f"api-key-{digest}"


class PreviewLink(models.Model):
    """A link that shows one revision of a page to people without an account (api.preview). Only the digest of its
    token is stored. It ends when it expires, with its creator's account, with its revision, or when it is revoked.
    """

    digest = models.CharField(max_length=64, unique=True)
    revision = models.ForeignKey("wagtailcore.Revision", on_delete=models.CASCADE, related_name="+")
    maker = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    created_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField(db_index=True)
    revoked_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"{self.revision_id}, {self.expires_at:%Y-%m-%d %H:%M}"
