"""Who receives press releases by e-mail, and which releases have been announced to them."""

from __future__ import annotations

import uuid
from datetime import timedelta

from django.core.signing import BadSignature, Signer
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from core.languages.field import LanguageField
from core.models import Topic
from core.security.encryption import EncryptedTextField

# How long somebody may take to confirm; subscriptions not confirmed by then are deleted.
CONFIRM_WITHIN = timedelta(days=3)
_signer = Signer(salt="press.subscription", sep=".")


def digest_of_address(email: str) -> str:
    """Return a digest by which an address is found again, since the address itself is stored encrypted.

    It is keyed, so that a list of addresses does not reveal it, and the same however the address is capitalized.
    """
    return salted_hmac("press.subscription.address", email.strip().casefold(), algorithm="sha256").hexdigest()


class Subscription(models.Model):
    """An address that receives the press releases of a language. Nothing else is known about its owner."""

    # The links in its mails are made from this, which says nothing about the address.
    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    email = EncryptedTextField(_("e-mail"))
    address_digest = models.CharField(max_length=64, db_index=True, editable=False)
    language = LanguageField(_("language"))
    topics = models.ManyToManyField(Topic, verbose_name=_("topics"), blank=True, related_name="+")
    created_at = models.DateTimeField(_("asked for"), default=timezone.now)
    confirmed_at = models.DateTimeField(_("confirmed"), null=True)

    class Meta:
        verbose_name = _("subscription")
        verbose_name_plural = _("subscriptions")
        constraints = [
            models.UniqueConstraint(
                fields=["address_digest", "language"],
                condition=Q(confirmed_at__isnull=False),
                name="one_subscription_of_address",
            )
        ]

    def __str__(self) -> str:
        return str(self.key)

    @property
    def about(self) -> str:
        """The name of this subscription as the subject of mail in the outbox."""
        return f"press.subscription:{self.pk}"

    @property
    def token(self) -> str:
        """The last part of the links in its mails."""
        return _signer.sign(self.key.hex)


def key_of_token(token: str) -> uuid.UUID | None:
    """Return the key of the subscription in a link; None for a link that is not ours."""
    try:
        return uuid.UUID(_signer.unsign(token))
    except (BadSignature, ValueError):
        return None


class ReleaseAnnouncement(models.Model):
    """A record that a release has been, or is being, mailed to the subscribers of a language: each release once."""

    content_id = models.UUIDField()
    language = LanguageField()
    # Subscriptions up to this one have their mail in the outbox.
    last_subscription = models.BigIntegerField(default=0)
    created_at = models.DateTimeField(default=timezone.now)
    finished_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["content_id", "language"], name="one_announcement_of_release")]

    def __str__(self) -> str:
        return f"{self.content_id} {self.language}"
