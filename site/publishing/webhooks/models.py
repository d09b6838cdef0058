"""Who is told of changes, what is to be sent, and what came of each attempt."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Any

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .signing import new_seed, secret_of
from .targets import validate_url

if TYPE_CHECKING:
    from publishing.models import PublishedDocument


class Event(models.TextChoices):
    """What a message tells."""

    UPSERTED = "content.upserted", _("published or changed")
    DELETED = "content.deleted", _("no longer public")


class WebhookSubscription(models.Model):
    """A partner's server that is told of changes. An empty list of types, locales or events means all of them."""

    name = models.CharField(_("name"), max_length=120, help_text=_("The partner, or what the receiver is for."))
    url = models.CharField(_("address"), max_length=500, validators=[validate_url])
    types = models.JSONField(_("types of content"), default=list, blank=True)
    locales = models.JSONField(_("languages"), default=list, blank=True)
    events = models.JSONField(_("events"), default=list, blank=True)
    active = models.BooleanField(_("active"), default=True)
    # Since when the receiver wants nothing more: it answered 410.
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
    def secret(self) -> str:
        """The newest secret."""
        return secret_of(self.seed)

    @property
    def live_secrets(self) -> list[str]:
        """The newest secret, and the one before it until that is retired."""
        return [secret_of(seed) for seed in (self.seed, self.previous_seed) if seed]

    def rotate_secret(self) -> None:
        """Begin to sign with a new secret too; the one that was newest stays live, an older one does not."""
        self.previous_seed, self.seed = self.seed, new_seed()
        self.save(update_fields=["seed", "previous_seed"])

    def retire_previous_secret(self) -> None:
        self.previous_seed = ""
        self.save(update_fields=["previous_seed"])

    def wants(self, document: PublishedDocument, event: Event) -> bool:
        """Whether it is to be told of this change."""
        return (
            (not self.types or document.type in self.types)
            and (not self.locales or document.locale in self.locales)
            and (not self.events or event in self.events)
        )


class WebhookDelivery(models.Model):
    """One message to one subscription: waiting to be sent, until it is delivered or given up."""

    class Status(models.TextChoices):
        WAITING = "waiting", _("waiting")
        DELIVERED = "delivered", _("delivered")
        FAILED = "failed", _("given up")
        CANCELLED = "cancelled", _("cancelled")

    subscription = models.ForeignKey(
        WebhookSubscription, on_delete=models.CASCADE, related_name="deliveries", verbose_name=_("subscription")
    )
    # The webhook-id: the same at every attempt, so that a receiver can tell what it already has.
    message_id = models.UUIDField(_("message"), default=uuid.uuid4, unique=True, editable=False)
    event = models.CharField(_("event"), max_length=20, choices=Event.choices)
    seq = models.BigIntegerField(_("change"))
    body = models.TextField(_("body"))
    status = models.CharField(_("status"), max_length=10, choices=Status.choices, default=Status.WAITING)
    created_at = models.DateTimeField(_("created"), default=timezone.now)
    next_attempt_at = models.DateTimeField(_("next attempt"), default=timezone.now)
    # How often it was handed to a worker. A result counts only for the attempt that it is of.
    attempts = models.PositiveIntegerField(_("attempts"), default=0)
    # How many attempts failed since it was first sent or last asked for again.
    failures = models.PositiveIntegerField(default=0)
    # Until then a worker has it; a worker that died gives it back by not finishing.
    claimed_until = models.DateTimeField(null=True)

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
    """Why an attempt did not deliver."""

    ANSWER = "answer", _("the receiver answered with an error")
    REDIRECT = "redirect", _("the receiver answered with a redirect, which is not followed")
    TIMEOUT = "timeout", _("no answer in time")
    NAME = "name", _("the host name is not known")
    CONNECTION = "connection", _("no connection")
    TLS = "tls", _("the certificate or the encryption is not valid")
    PROTOCOL = "protocol", _("the answer is not HTTP")
    REFUSED = "refused", _("the address is not on the public internet, or not https")


class WebhookAttempt(models.Model):
    """What came of sending a message once."""

    delivery = models.ForeignKey(WebhookDelivery, on_delete=models.CASCADE, related_name="log")
    at = models.DateTimeField(_("time"), default=timezone.now)
    failure = models.CharField(_("failure"), max_length=10, choices=Failure.choices, blank=True)
    response_code = models.PositiveIntegerField(_("response code"), null=True)
    duration = models.PositiveIntegerField(_("duration in milliseconds"))
    # The beginning of what the receiver answered, for the one who must find out why it refused.
    response = models.TextField(_("response"), blank=True)

    class Meta:
        verbose_name = _("webhook attempt")
        verbose_name_plural = _("webhook attempts")
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M:%S} {self.response_code or self.failure}"
