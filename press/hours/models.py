"""The office's working hours and holidays, as staff enter them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, time, timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel

from core.editing.localized_form import localized_form, localized_panels
from core.models.localized import Localized, LocalizedText

from .working_time import FRIDAY, MONDAY, SATURDAY, SUNDAY, THURSDAY, TUESDAY, WEDNESDAY, Hours

LONGEST_HOLIDAY = timedelta(days=62)
# In the order of the office's week.
WEEKDAYS = {
    SUNDAY: ("sunday", _("Sunday")),
    MONDAY: ("monday", _("Monday")),
    TUESDAY: ("tuesday", _("Tuesday")),
    WEDNESDAY: ("wednesday", _("Wednesday")),
    THURSDAY: ("thursday", _("Thursday")),
    FRIDAY: ("friday", _("Friday")),
    SATURDAY: ("saturday", _("Saturday")),
}


def _opens(default: time | None = time(9)) -> models.TimeField[Any, Any]:
    return models.TimeField(_("opens"), default=default, null=True, blank=True)


def _closes(default: time | None = time(17)) -> models.TimeField[Any, Any]:
    return models.TimeField(_("closes"), default=default, null=True, blank=True)


def check_hours(opens: time | None, closes: time | None, opens_name: str, closes_name: str) -> None:
    """Raise ValidationError for the field that is missing, or if the hours end before they begin."""
    if (opens is None) != (closes is None):
        missing = opens_name if opens is None else closes_name
        raise ValidationError({missing: _("Enter both times, or neither for a day on which the office is closed.")})
    if opens and closes and opens >= closes:
        raise ValidationError({closes_name: _("The office closes after it opens. Enter a later time.")})


class OfficeHours(models.Model):
    """The hours of each weekday, Cairo time. There is one row at most; without it the fields' defaults apply."""

    sunday_opens, sunday_closes = _opens(), _closes()
    monday_opens, monday_closes = _opens(), _closes()
    tuesday_opens, tuesday_closes = _opens(), _closes()
    wednesday_opens, wednesday_closes = _opens(), _closes()
    thursday_opens, thursday_closes = _opens(), _closes()
    friday_opens, friday_closes = _opens(None), _closes(None)
    saturday_opens, saturday_closes = _opens(None), _closes(None)

    panels = [
        MultiFieldPanel(
            [FieldRowPanel([FieldPanel(f"{name}_opens"), FieldPanel(f"{name}_closes")])],
            heading=label,
        )
        for name, label in WEEKDAYS.values()
    ]

    class Meta:
        verbose_name = _("office hours")
        verbose_name_plural = _("office hours")

    def __str__(self) -> str:
        return str(_("office hours"))

    def clean(self) -> None:
        super().clean()
        for name, _label in WEEKDAYS.values():
            names = (f"{name}_opens", f"{name}_closes")
            check_hours(getattr(self, names[0]), getattr(self, names[1]), *names)
        if not self.by_weekday():
            raise ValidationError(_("Enter the hours of at least one day: deadlines are counted in working time."))

    def by_weekday(self) -> dict[int, Hours]:
        """Return the hours of each weekday that has any (Monday is 0)."""
        found = {}
        for day, (name, _label) in WEEKDAYS.items():
            opens, closes = getattr(self, f"{name}_opens"), getattr(self, f"{name}_closes")
            if opens and closes:
                found[day] = Hours(opens, closes)
        return found

    @classmethod
    def current(cls) -> OfficeHours:
        return cls.objects.order_by("pk").first() or cls()


class Holiday(Localized):
    """Days on which the office is closed, or open for fewer hours than usual."""

    first_day = models.DateField(_("first day"))
    last_day = models.DateField(_("last day"), null=True, blank=True, help_text=_("Leave empty for a single day."))
    opens = models.TimeField(
        _("opens"),
        null=True,
        blank=True,
        help_text=_("Only for shorter hours, for example in Ramadan. Leave both times empty if the office is closed."),
    )
    closes = models.TimeField(_("closes"), null=True, blank=True)

    base_form_class = localized_form({"name": _("name")}, longest=120)
    panels = [
        FieldRowPanel([FieldPanel("first_day"), FieldPanel("last_day")]),
        *localized_panels("name"),
        FieldRowPanel([FieldPanel("opens"), FieldPanel("closes")]),
    ]

    class Meta(Localized.Meta):
        verbose_name = _("holiday")
        verbose_name_plural = _("holidays")
        ordering = ["first_day", "pk"]

    def clean(self) -> None:
        super().clean()
        check_hours(self.opens, self.closes, "opens", "closes")
        if self.first_day and self.last_day:
            if self.last_day < self.first_day:
                raise ValidationError({"last_day": _("The last day comes after the first. Enter a later day.")})
            if self.last_day - self.first_day > LONGEST_HOLIDAY:
                raise ValidationError({"last_day": _("Enter at most two months; enter longer ones in parts.")})

    @property
    def hours(self) -> Hours | None:
        return Hours(self.opens, self.closes) if self.opens and self.closes else None

    def days(self) -> Iterator[date]:
        last = self.last_day or self.first_day
        for number in range((last - self.first_day).days + 1):
            yield self.first_day + timedelta(days=number)


class HolidayName(LocalizedText):
    """The name of a holiday in one language."""

    owner = models.ForeignKey(Holiday, on_delete=models.CASCADE, related_name="texts")
    name = models.CharField(_("name"), max_length=120)

    class Meta(LocalizedText.Meta):
        constraints = [models.UniqueConstraint(fields=["owner", "language"], name="one_name_of_holiday")]
