"""Webhook subscriptions, the messages to be sent, and the result of each attempt."""

from __future__ import annotations

import uuid
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.processing.leases import LeasedWork

from .signing import new_seed, secret_of
from .targets import validate_url

if TYPE_CHECKING:
    from publishing.models import PublishedDocument


# The reason given to a partner when a content is still public but no longer matches the partner's filters.
NOT_SELECTED = "not_selected"
Facets = frozenset[tuple[str, str]]


# How often a paused receiver is probed.
PROBE_EVERY = timedelta(hours=1)


class Event(models.TextChoices):
    """The event that a message reports."""

    UPSERTED = "content.upserted", _("published or changed")
    DELETED = "content.deleted", _("no longer public")


class WebhookSubscription(models.Model):
    """A partner's server that is notified of changes. An empty list of types, locales or events means all of them."""

    name = models.CharField(_("name"), max_length=120, help_text=_("The partner, or what the receiver is for."))
    url = models.CharField(_("address"), max_length=500, validators=[validate_url])
    types = models.JSONField(_("types of content"), default=list, blank=True)
    locales = models.JSONField(_("languages"), default=list, blank=True)
    events = models.JSONField(_("events"), default=list, blank=True)
    topics = models.JSONField(_("topics"), default=list, db_default=models.Value([], models.JSONField()), blank=True)
    countries = models.JSONField(
        _("countries"), default=list, db_default=models.Value([], models.JSONField()), blank=True
    )
    # Content ids.
    programmes = models.JSONField(
        _("programmes"), default=list, db_default=models.Value([], models.JSONField()), blank=True
    )
    active = models.BooleanField(_("active"), default=True)
    # Since when every attempt has failed, and how many have; while it is paused, only probes are sent.
    failing_since = models.DateTimeField(_("failing since"), null=True, editable=False)
    failures_in_a_row = models.PositiveIntegerField(default=0, db_default=0, editable=False)
    paused_at = models.DateTimeField(_("paused"), null=True, editable=False)
    # Since when the receiver has wanted no more messages: it answered 410.
    gone_at = models.DateTimeField(_("ended by the receiver"), null=True, editable=False)
    seed = models.CharField(max_length=32, default=new_seed, editable=False)
    previous_seed = models.CharField(max_length=32, blank=True, editable=False)
    created_at = models.DateTimeField(_("created"), auto_now_add=True)

    class Meta:
        verbose_name = _("webhook subscription")
        verbose_name_plural = _("webhook subscriptions")
        ordering = ["name", "pk"]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.active:
            self.gone_at = None
        super().save(*args, **kwargs)

    @property
    def next_probe_at(self) -> datetime | None:
        """Return when a message written now is sent to a paused receiver, or None if it is not paused."""
        return timezone.now() + PROBE_EVERY if self.paused_at else None

    @property
    def secret(self) -> str:
        """Return the newest secret."""
        return secret_of(self.seed)

    @property
    def live_secrets(self) -> list[str]:
        """Return the newest secret, and the previous one until it is retired."""
        return [secret_of(seed) for seed in (self.seed, self.previous_seed) if seed]

    def rotate_secret(self) -> None:
        """Add a new secret for signing; the newest one so far stays valid, an older one does not."""
        self.previous_seed, self.seed = self.seed, new_seed()
        self.save(update_fields=["seed", "previous_seed"])

    def retire_previous_secret(self) -> None:
        self.previous_seed = ""
        self.save(update_fields=["previous_seed"])

    def event_of(self, document: PublishedDocument, before: Facets, now: Facets) -> Event | None:
        """Return the event to send for this change, or None. A content that no longer matches the filters is deleted
        for this receiver; one that never matched is not mentioned. `before` and `now` are its facets.
        """
        if (self.types and document.type not in self.types) or (self.locales and document.locale not in self.locales):
            return None
        event = None
        if not document.removal and self._selects(now):
            event = Event.UPSERTED
        elif self._selects(before):
            event = Event.DELETED
        return event if not self.events or event in self.events else None

    def _selects(self, facets: Facets) -> bool:
        """Return whether these facets match any of the topics, any of the countries and any of the programmes."""
        wanted = {"topic": self.topics, "country": self.countries, "programme": self.programmes}
        return all(not values or any((name, value) in facets for value in values) for name, values in wanted.items())


class WebhookDelivery(LeasedWork):
    """One message to one subscription, waiting until it is delivered or given up."""

    class Status(models.TextChoices):
        WAITING = "waiting", _("waiting")
        DELIVERED = "delivered", _("delivered")
        FAILED = "failed", _("given up")
        CANCELLED = "cancelled", _("cancelled")

    subscription = models.ForeignKey(
        WebhookSubscription, on_delete=models.CASCADE, related_name="deliveries", verbose_name=_("subscription")
    )
    # The webhook-id: the same for every attempt, so that a receiver can recognise a message it already has.
    message_id = models.UUIDField(_("message"), default=uuid.uuid4, unique=True, editable=False)
    event = models.CharField(_("event"), max_length=20, choices=Event.choices)
    seq = models.BigIntegerField(_("change"))
    body = models.TextField(_("body"))
    status = models.CharField(_("status"), max_length=10, choices=Status.choices, default=Status.WAITING)
    created_at = models.DateTimeField(_("created"), default=timezone.now)
    # How many attempts have failed since it was first sent or last redelivered.
    failures = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = _("webhook delivery")
        verbose_name_plural = _("webhook deliveries")
        ordering = ["-pk"]
        indexes = [
            models.Index(fields=["status", "next_attempt_at"], name="deliveries_due"),
            models.Index(fields=["subscription", "status", "next_attempt_at"], name="deliveries_due_for"),
            models.Index(fields=["created_at"], name="deliveries_by_age"),
        ]

    def __str__(self) -> str:
        return self.webhook_id

    @property
    def webhook_id(self) -> str:
        return f"msg_{self.message_id.hex}"


class Failure(models.TextChoices):
    """Why an attempt was not successful."""

    ANSWER = "answer", _("the receiver answered with an error")
    REDIRECT = "redirect", _("the receiver answered with a redirect, which is not followed")
    TIMEOUT = "timeout", _("no answer in time")
    NAME = "name", _("the host name is not known")
    CONNECTION = "connection", _("no connection")
    TLS = "tls", _("the certificate or the encryption is not valid")
    PROTOCOL = "protocol", _("the answer is not HTTP")
    REFUSED = "refused", _("the address is not on the public internet, or not https")


class WebhookAttempt(models.Model):
    """The result of sending a message once."""

    delivery = models.ForeignKey(WebhookDelivery, on_delete=models.CASCADE, related_name="log")
    at = models.DateTimeField(_("time"), default=timezone.now)
    failure = models.CharField(_("failure"), max_length=10, choices=Failure.choices, blank=True)
    response_code = models.PositiveIntegerField(_("response code"), null=True)
    duration = models.PositiveIntegerField(_("duration in milliseconds"))
    # The beginning of the receiver's response, to help find out why it refused.
    response = models.TextField(_("response"), blank=True)

    class Meta:
        verbose_name = _("webhook attempt")
        verbose_name_plural = _("webhook attempts")
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M:%S} {self.response_code or self.failure}"
