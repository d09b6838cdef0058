"""Records of an inquiry: its history, who read it, pauses, notes, mail; and canned replies."""

from __future__ import annotations

import re

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel

from core.languages.field import LanguageField
from core.security.encryption import EncryptedTextField

from .inquiry import Inquiry, InquiryState


class EventKind(models.TextChoices):
    """What happened to an inquiry."""

    RECEIVED = "received", _("received")
    MOVED = "moved", _("moved to another state")
    OWNER = "owner", _("given to an owner")
    DESK = "desk", _("given to a desk")
    NOTE = "note", _("note written")
    REPLY = "reply", _("reply sent")
    RECORDED = "recorded", _("message or call recorded")
    RESENT = "resent", _("mail sent again")
    EDITED = "edited", _("edited")
    RELEASES = "releases", _("press releases linked")
    TRUSTED = "trusted", _("found not to be spam")
    MERGED = "merged", _("merged with a duplicate")
    OWNER_LEFT = "owner_left", _("taken from an owner who has left the desk")
    COVERED = "covered", _("coverage logged")
    UNCOVERED = "uncovered", _("coverage taken out of the log")
    SNOOZED = "snoozed", _("put off")
    REMINDED = "reminded", _("reminder sent")
    EXPORTED = "exported", _("exported")
    ANONYMIZED = "anonymized", _("made anonymous after the retention period")
    ERASED = "erased", _("erased at the journalist's wish")


class InquiryEvent(models.Model):
    """Who did what to an inquiry, and when. `user` is empty for the journalist and for the site itself. `detail`
    contains codes and keys, never what a journalist wrote.
    """

    inquiry = models.ForeignKey(Inquiry, on_delete=models.CASCADE, related_name="events")
    at = models.DateTimeField(_("time"), default=timezone.now)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    kind = models.CharField(_("what"), max_length=12, choices=EventKind.choices)
    from_state = models.CharField(max_length=20, choices=InquiryState.choices, blank=True)
    to_state = models.CharField(max_length=20, choices=InquiryState.choices, blank=True)
    detail = models.JSONField(default=dict, blank=True)

    class Meta:
        verbose_name = _("event of an inquiry")
        verbose_name_plural = _("events of inquiries")
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return f"{self.inquiry} {self.kind}"


class InquiryReading(models.Model):
    """A record that a member of staff has read an inquiry's contact data and question."""

    inquiry = models.ForeignKey(Inquiry, on_delete=models.CASCADE, related_name="readings")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(_("time"), default=timezone.now)

    class Meta:
        verbose_name = _("reading of an inquiry")
        verbose_name_plural = _("readings of inquiries")
        ordering = ["-at"]

    def __str__(self) -> str:
        return f"{self.inquiry} {self.at:%Y-%m-%d %H:%M}"


class InquiryPause(models.Model):
    """The time from `began` to `ended` in which the clock stands still; `ended` is empty while it lasts."""

    inquiry = models.ForeignKey(Inquiry, on_delete=models.CASCADE, related_name="pauses")
    began = models.DateTimeField(default=timezone.now)
    ended = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("pause of an inquiry")
        verbose_name_plural = _("pauses of inquiries")
        ordering = ["began"]
        constraints = [
            models.UniqueConstraint(
                fields=["inquiry"], condition=models.Q(ended=None), name="one_open_pause_of_inquiry"
            )
        ]

    def __str__(self) -> str:
        return f"{self.inquiry} {self.began:%Y-%m-%d %H:%M}"


class InquiryNote(models.Model):
    """An internal note, which the journalist never sees."""

    inquiry = models.ForeignKey(Inquiry, on_delete=models.CASCADE, related_name="notes")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(_("time"), default=timezone.now)
    text = EncryptedTextField(_("text"))

    class Meta:
        verbose_name = _("note on an inquiry")
        verbose_name_plural = _("notes on inquiries")
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return f"{self.inquiry} {self.at:%Y-%m-%d %H:%M}"


class Channel(models.TextChoices):
    """The channel by which something was said."""

    MAIL = "mail", _("e-mail")
    PHONE = "phone", _("telephone")
    SIGNAL = "signal", _("Signal")
    WHATSAPP = "whatsapp", _("WhatsApp")
    IN_PERSON = "in_person", _("in person")


class InquiryMessage(models.Model):
    """A message in the thread with the journalist: a mail from the site, or what an officer has recorded.

    `outgoing`: the same mail in the outbox, which says what became of it; empty once the outbox has deleted it.
    `author`: empty for what the site sent by itself. `message_id`: empty for what the site did not send.
    """

    inquiry = models.ForeignKey(Inquiry, on_delete=models.CASCADE, related_name="messages")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(_("time"), default=timezone.now)
    channel = models.CharField(
        _("way"), max_length=10, choices=Channel.choices, default=Channel.MAIL, db_default="mail"
    )
    # Whether the journalist said it.
    is_incoming = models.BooleanField(default=False, db_default=False)
    subject = EncryptedTextField(_("subject"), blank=True)
    text = EncryptedTextField(_("text"))
    message_id = models.CharField(max_length=255, unique=True, null=True)
    outgoing = models.ForeignKey("mailing.OutgoingMessage", on_delete=models.SET_NULL, null=True, related_name="+")

    class Meta:
        verbose_name = _("message of an inquiry")
        verbose_name_plural = _("messages of inquiries")
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return f"{self.inquiry} {self.at:%Y-%m-%d %H:%M}"


class InquiryDraft(models.Model):
    """What an officer has typed into one form of an inquiry's page but not sent yet: the form's fields as JSON."""

    inquiry = models.ForeignKey(Inquiry, on_delete=models.CASCADE, related_name="drafts")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    action = models.CharField(max_length=12)
    content = EncryptedTextField()
    # Increases whenever it is stored: only a page that has shown the draft may empty it.
    revision = models.PositiveIntegerField(default=1)
    saved_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("draft of an officer")
        verbose_name_plural = _("drafts of officers")
        constraints = [
            models.UniqueConstraint(fields=["inquiry", "user", "action"], name="one_draft_of_officer_and_form")
        ]

    def __str__(self) -> str:
        return f"{self.inquiry} {self.action}"


_PLACEHOLDER = re.compile(r"\{\{\s*(.*?)\s*\}\}")
_FILLED_IN = frozenset({"name", "outlet", "reference", "officer"})


class CannedReply(models.Model):
    """A prepared reply in one language. Words in double braces are filled in from the inquiry that it answers."""

    language = LanguageField(_("language"))
    title = models.CharField(_("title"), max_length=160)
    text = models.TextField(_("text"))

    panels = [
        FieldPanel("language"),
        FieldPanel("title"),
        FieldPanel(
            "text",
            help_text=_(
                "Filled in when it is inserted: {{ name }} and {{ outlet }} of the journalist, {{ reference }}, and "
                "{{ officer }}, who answers."
            ),
        ),
    ]

    class Meta:
        verbose_name = _("canned reply")
        verbose_name_plural = _("canned replies")
        ordering = ["language", "title"]

    def __str__(self) -> str:
        return f"{self.title} ({self.language})"

    def clean(self) -> None:
        super().clean()
        unknown = [word for word in _PLACEHOLDER.findall(self.text or "") if word not in _FILLED_IN]
        if unknown:
            raise ValidationError(
                {
                    "text": _("Nothing fills in “%(word)s”. Choose one of the words below the field.")
                    % {"word": unknown[0]}
                }
            )

    def text_for(self, inquiry: Inquiry, *, officer: str) -> str:
        """Return the text with its placeholders filled in from the inquiry and the officer who answers it."""
        values = {name: str(getattr(inquiry, name) or "") for name in _FILLED_IN - {"officer"}} | {"officer": officer}
        return _PLACEHOLDER.sub(lambda found: values.get(found[1], found[0]), self.text)
