"""A journalist's inquiry."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.languages.field import LanguageField
from core.places.countries import country_choices
from core.security.encryption import EncryptedTextField
from press.forms.spam import Suspicion


class InquiryState(models.TextChoices):
    """The state of an inquiry. Which moves are allowed: press.inquiries.states."""

    NEW = "new", _("new")
    ACKNOWLEDGED = "acknowledged", _("acknowledged")
    ASSIGNED = "assigned", _("assigned")
    WAITING_CLEARANCE = "waiting_clearance", _("waiting for clearance")
    WAITING_JOURNALIST = "waiting_journalist", _("waiting for the journalist")
    ANSWERED = "answered", _("answered")
    DECLINED = "declined", _("declined")
    DUPLICATE = "duplicate", _("duplicate")
    SPAM = "spam", _("spam")
    WITHDRAWN = "withdrawn", _("withdrawn")
    LAPSED = "lapsed", _("closed without an answer")


class InquiryKind(models.TextChoices):
    """What the journalist needs."""

    INFORMATION = "information", _("information or background")
    QUOTE = "quote", _("a quote")
    INTERVIEW_LIVE = "interview_live", _("a live interview")
    INTERVIEW_RECORDED = "interview_recorded", _("a recorded interview")
    DATA = "data", _("data")
    VISIT = "visit", _("a visit")
    PICTURE = "picture", _("a picture or film")
    CORRECTION = "correction", _("a correction")


class Attribution(models.TextChoices):
    """How the answer may be used."""

    ON_RECORD = "on_record", _("on the record")
    BACKGROUND = "background", _("background only, not for quotation")


class ContactMethod(models.TextChoices):
    """How the journalist wants to be reached."""

    EMAIL = "email", _("e-mail")
    PHONE = "phone", _("telephone")
    SIGNAL = "signal", _("Signal")
    WHATSAPP = "whatsapp", _("WhatsApp")


class Inquiry(models.Model):
    """A journalist's question.

    Who asks, and what, is encrypted; neither the network address nor the browser of the sender is kept. `token_digest`:
    SHA-256 of the secret with which the journalist withdraws or erases it.
    """

    reference = models.CharField(_("reference"), max_length=20, unique=True, null=True, editable=False)
    token_digest = models.CharField(max_length=64, unique=True, null=True, editable=False)
    state = models.CharField(
        _("state"), max_length=20, choices=InquiryState.choices, default=InquiryState.NEW, db_default="new"
    )
    # Increases with every change by staff, so that two people who edit at the same time notice each other.
    version = models.PositiveIntegerField(default=0, db_default=0)
    # Empty for most. Nothing is mailed to the sender before an officer has said that it is not spam.
    suspicion = models.CharField(
        _("may be spam"), max_length=60, choices=Suspicion.choices, blank=True, default="", db_default=""
    )
    # SHA-256 of the proof of work that it came with, which is valid for no other inquiry.
    proof_digest = models.CharField(max_length=64, unique=True, null=True, editable=False)

    name = EncryptedTextField(_("name"), max_length=160)
    outlet = models.CharField(_("media outlet"), max_length=160)
    email = EncryptedTextField(_("e-mail"), max_length=254)
    phone = EncryptedTextField(_("telephone, Signal or WhatsApp"), max_length=40, blank=True, default="", db_default="")
    contact_method = models.CharField(
        _("how to reach"), max_length=10, choices=ContactMethod.choices, default=ContactMethod.EMAIL, db_default="email"
    )
    contact_note = EncryptedTextField(_("what makes contact safe"), blank=True, default="", db_default="")

    language = LanguageField(_("language of the answer"))
    deadline = models.DateTimeField(_("deadline"))
    # IANA name of the journalist's time zone.
    time_zone = models.CharField(_("time zone"), max_length=40, default="Africa/Cairo", db_default="Africa/Cairo")
    topic = models.ForeignKey(
        "core.Topic", on_delete=models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("topic")
    )
    country = models.CharField(
        _("country"), max_length=3, choices=country_choices, blank=True, default="", db_default=""
    )
    kind = models.CharField(
        _("what is needed"),
        max_length=20,
        choices=InquiryKind.choices,
        default=InquiryKind.INFORMATION,
        db_default="information",
    )
    attribution = models.CharField(
        _("use"), max_length=12, choices=Attribution.choices, default=Attribution.ON_RECORD, db_default="on_record"
    )
    question = EncryptedTextField(_("question"))
    links = EncryptedTextField(_("links"), blank=True, default="", db_default="")

    desk = models.ForeignKey(
        "press.Desk",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="inquiries",
        verbose_name=_("press desk"),
    )
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("owner"),
    )
    duplicate_of = models.ForeignKey(
        "self",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="duplicates",
        verbose_name=_("duplicate of"),
    )
    releases = models.ManyToManyField(
        "press.PressReleasePage", blank=True, related_name="+", verbose_name=_("press releases")
    )

    created_at = models.DateTimeField(_("received"), default=timezone.now)
    first_response_at = models.DateTimeField(_("first response"), null=True, blank=True)
    answered_at = models.DateTimeField(_("answered"), null=True, blank=True)
    # When somebody was last reminded of an inquiry that nobody works on.
    reminded_at = models.DateTimeField(null=True, editable=False)
    # Out of the inbox until then, never past the deadline.
    snoozed_until = models.DateTimeField(null=True, editable=False)
    # When it was closed last; empty while it is open.
    closed_at = models.DateTimeField(_("closed"), null=True, blank=True)
    # When the sender's identity and question were deleted: at the journalist's request or after the retention period.
    anonymized_at = models.DateTimeField(_("made anonymous"), null=True, blank=True)

    class Meta:
        verbose_name = _("press inquiry")
        verbose_name_plural = _("press inquiries")
        ordering = ["deadline", "pk"]
        indexes = [
            models.Index(fields=["state", "deadline"], name="inquiries_by_state"),
            models.Index(fields=["anonymized_at", "closed_at"], name="inquiries_to_anonymize"),
        ]
        permissions = [
            ("answer_inquiry", _("Can answer press inquiries")),
            ("export_inquiry", _("Can export press inquiries")),
            ("measure_inquiry", _("Can read the statistics of press inquiries by desk and officer")),
        ]

    def __str__(self) -> str:
        return self.reference or ""

    @property
    def about(self) -> str:
        """The name of this inquiry as the subject of mail in the outbox."""
        return f"press.inquiry:{self.pk}"
