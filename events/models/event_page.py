"""Events, vacancies, tenders and consultations."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel
from wagtail.models import Orderable
from wagtail.query import PageQuerySet
from wagtail.search import index

from core.content_types.builder import DocumentBuilder, Json, absolute_url, day, timestamp
from core.languages.field import LanguageField
from core.languages.versions import public_pages
from core.models import ContentDocument, CorrectedPage, Correction
from core.pictures.renditions import prefetch_renditions
from core.places.time_zones import zone_choices
from events.fields import SpokenLanguagesField
from events.times import When, when


class Kind(models.TextChoices):
    EVENT = "event", _("Event")
    VACANCY = "vacancy", _("Vacancy")
    TENDER = "tender", _("Call for tenders")
    CONSULTATION = "consultation", _("Consultation")


class EventPage(CorrectedPage):
    """An event, or a call that people can answer up to a given day."""

    kind = models.CharField(_("kind"), max_length=20, choices=Kind, default=Kind.EVENT)
    start_date = models.DateField(_("starts on"), null=True, blank=True)
    start_time = models.TimeField(_("at"), null=True, blank=True, help_text=_("Empty: the whole day."))
    end_date = models.DateField(_("ends on"), null=True, blank=True)
    end_time = models.TimeField(_("at"), null=True, blank=True)
    deadline_date = models.DateField(
        _("deadline"), null=True, blank=True, help_text=_("The last day to apply, to register or to answer.")
    )
    deadline_time = models.TimeField(_("at"), null=True, blank=True, help_text=_("Empty: until the end of the day."))
    time_zone = models.CharField(
        _("time zone"),
        max_length=40,
        default=settings.TIME_ZONE,
        choices=zone_choices,
        help_text=_("The city by whose clocks these times are."),
    )
    place = models.CharField(_("place"), max_length=200, blank=True, help_text=_("Building, street and city."))
    online_url = models.URLField(_("online at"), blank=True, help_text=_("Where readers take part from afar."))
    spoken = SpokenLanguagesField(_("languages of the event"))
    organizer = models.CharField(
        _("organizer"), max_length=200, blank=True, help_text=_("Empty: this office, by its name in the settings.")
    )
    how_to_apply = models.TextField(
        _("how to apply"), blank=True, help_text=_("Or how to register, bid or answer. One step per line.")
    )
    apply_url = models.URLField(_("apply at"), blank=True)
    # Lists are sorted by these, which are derived from the dates above: databases have no portable time zone
    # arithmetic.
    sort_date = models.DateField(null=True, editable=False, db_index=True)
    over_at = models.DateTimeField(null=True, editable=False, db_index=True)

    template = "pages/event_page.html"
    document_type = "event"
    shared_by_languages = CorrectedPage.shared_by_languages | {
        "kind", "date", "starts_on", "starts_at", "ends_on", "ends_at", "deadline_on", "deadline_at", "time_zone",
        "online_url", "spoken_languages", "apply_url", "calendar_url",
    }  # fmt: skip
    parent_page_types = ["events.EventIndexPage"]
    subpage_types: list[str] = []
    content_panels = [
        *CorrectedPage.content_panels[:1],
        FieldPanel("kind"),
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("start_date"), FieldPanel("start_time")]),
                FieldRowPanel([FieldPanel("end_date"), FieldPanel("end_time")]),
                FieldRowPanel([FieldPanel("deadline_date"), FieldPanel("deadline_time")]),
                FieldPanel("time_zone"),
            ],
            heading=_("When"),
        ),
        MultiFieldPanel(
            [FieldPanel("place"), FieldPanel("online_url"), FieldPanel("spoken"), FieldPanel("organizer")],
            heading=_("Where and who"),
        ),
        *CorrectedPage.correction_panels,
        *CorrectedPage.content_panels[1:],
        MultiFieldPanel([FieldPanel("how_to_apply"), FieldPanel("apply_url")], heading=_("How to apply")),
        InlinePanel("files", heading=_("Files"), label=_("file")),
        *CorrectedPage.classification_panels,
    ]
    search_fields = [
        *CorrectedPage.search_fields,
        index.SearchField("place"),
        index.SearchField("organizer"),
        index.FilterField("kind"),
    ]

    class Meta:
        verbose_name = _("event or call")
        verbose_name_plural = _("events and calls")

    def clean(self) -> None:
        super().clean()
        faults = {} if self.is_deferred_validation else {**self._missing_days(), **self._wrong_days()}
        if faults:
            raise ValidationError(faults)

    def _missing_days(self) -> dict[str, Any]:
        faults: dict[str, Any] = {}
        for name in ("start", "end", "deadline"):
            if getattr(self, f"{name}_time") and not getattr(self, f"{name}_date"):
                faults[f"{name}_date"] = _("Enter the day to which this time belongs.")
        if not self.start_date and (self.kind == Kind.EVENT or self.end_date):
            faults["start_date"] = _("Enter the day on which it starts.")
        if self.kind != Kind.EVENT and not self.deadline_date:
            faults["deadline_date"] = _("Enter the last day on which people can answer.")
        return faults

    def _wrong_days(self) -> dict[str, Any]:
        starts, ends = self.starts, self.ends
        if starts and ends and (ends.day < starts.day or ends.last < starts.first):
            return {"end_date": _("It ends before it starts. Check the dates and times.")}
        return {}

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.sort_date = self.day
        self.over_at = self.ending.last if self.ending else None
        super().save(*args, **kwargs)

    @property
    def starts(self) -> When | None:
        return when(self.start_date, self.start_time, self.time_zone)

    @property
    def ends(self) -> When | None:
        return when(self.end_date, self.end_time, self.time_zone)

    @property
    def deadline(self) -> When | None:
        return when(self.deadline_date, self.deadline_time, self.time_zone)

    @property
    def ending(self) -> When | None:
        """Return when it is over: when an event ends, or when a call can no longer be answered."""
        its_own = self.ends or self.starts
        return its_own if self.kind == Kind.EVENT else self.deadline or its_own

    @property
    def day(self) -> date | None:
        """Return the day that readers look for: the start of an event or the deadline of a call."""
        return self.start_date if self.kind == Kind.EVENT else self.deadline_date or self.start_date

    @property
    def is_over(self) -> bool:
        ending = self.ending
        return ending is not None and ending.last <= timezone.now()

    @property
    def calendar_url(self) -> str:
        """Return the address of its iCalendar file, in its own language."""
        with translation.override(self.locale.language_code):
            return reverse("event_calendar", args=[self.translation_key])

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        files = self.files.select_related("document") if self.pk else self.files.all()
        context["files"] = [file for file in files if file.document and not file.document.is_private]
        prefetch_renditions([self])
        return context

    def document_card(self, builder: DocumentBuilder) -> Json:
        moments: Json = {}
        for name, each in (("starts", self.starts), ("ends", self.ends), ("deadline", self.deadline)):
            moments[f"{name}_on"] = day(each.day) if each else None
            moments[f"{name}_at"] = timestamp(each.moment) if each else None
        return {
            "kind": str(self.kind),
            # A draft that lacks it yet can be shown all the same.
            "date": day(self.day or timezone.localdate()),
            **moments,
            "time_zone": self.time_zone,
            "place": self.place or None,
            "online_url": self.online_url or None,
            "spoken_languages": list(self.spoken),
            "organizer": self.organizer or None,
        }

    def document_detail(self, builder: DocumentBuilder) -> Json:
        files = [builder.file(file.document, file.title, file.language) for file in self.files.all() if file.document]
        return {
            **super().document_detail(builder),
            "how_to_apply": self.how_to_apply,
            "apply_url": self.apply_url or None,
            "files": [file for file in files if file],
            "calendar_url": absolute_url(self.calendar_url),
        }


class EventCorrection(Correction):
    event = ParentalKey(EventPage, on_delete=models.CASCADE, related_name="corrections")


class EventFile(Orderable):
    event = ParentalKey(EventPage, on_delete=models.CASCADE, related_name="files")
    document = models.ForeignKey(
        ContentDocument, verbose_name=_("file"), null=True, on_delete=models.CASCADE, related_name="+"
    )
    language = LanguageField(_("language of the file"))
    title = models.CharField(_("title"), max_length=160, blank=True, help_text=_("Empty: the file's own title."))

    panels = [FieldPanel("document"), FieldPanel("language"), FieldPanel("title")]

    def __str__(self) -> str:
        return self.title or str(self.document or "")


def events_in(locale_id: int) -> PageQuerySet:
    """Return the public events and calls in a language, with the related objects that a card shows."""
    pages = public_pages(EventPage.objects.filter(locale_id=locale_id))
    return pages.select_related("locale", "lead_image")


def upcoming_in(locale_id: int, now: datetime | None = None) -> PageQuerySet:
    """Return the events and calls that are not over, soonest first."""
    return events_in(locale_id).filter(over_at__gt=now or timezone.now()).order_by("sort_date", "over_at", "pk")


def past_in(locale_id: int, now: datetime | None = None) -> PageQuerySet:
    """Return the events and calls that are over, most recent first."""
    return events_in(locale_id).filter(over_at__lte=now or timezone.now()).order_by("-over_at", "-pk")


def next_end(now: datetime) -> datetime | None:
    """Return when the next event or call that anybody may see is over."""
    coming = EventPage.objects.filter(live=True, over_at__gt=now).order_by("over_at")
    found: datetime | None = coming.values_list("over_at", flat=True).first()
    return found
