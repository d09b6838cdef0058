"""The office's calendar, as staff enter it and as readers see it."""

from __future__ import annotations

from datetime import UTC, date, datetime, time

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.utils import timezone, translation
from pytest_django import DjangoAssertNumQueries

from accounts.models import User
from accounts.roles import press_managers_group
from press.hours.calendar import office_calendar, opening_text, years_without_holidays
from press.hours.models import Holiday, OfficeHours
from press.hours.working_time import FRIDAY, SATURDAY, SUNDAY, THURSDAY, Hours

pytestmark = pytest.mark.django_db
NAMES = {"names": {"ar": "عيد", "en": "Feast", "fr": "Fête"}}


def test_office_works_sunday_to_thursday_until_staff_say_otherwise(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    with django_assert_num_queries(2):
        calendar = office_calendar()
    assert set(range(7)) - calendar.weekdays.keys() == {FRIDAY, SATURDAY}
    assert calendar.weekdays[SUNDAY] == Hours(time(9), time(17))
    OfficeHours(thursday_closes=time(14), sunday_opens=None, sunday_closes=None).save()
    weekdays = office_calendar().weekdays
    assert SUNDAY not in weekdays
    assert weekdays[THURSDAY] == Hours(time(9), time(14))


def test_holidays_close_the_office_and_the_shorter_of_two_hours_holds() -> None:
    ramadan = {"first_day": date(2026, 2, 18), "last_day": date(2026, 3, 19), "opens": time(9), "closes": time(15)}
    Holiday.objects.create(**NAMES, **ramadan)
    Holiday.objects.create(**NAMES, first_day=date(2026, 3, 1))
    calendar = office_calendar()
    assert calendar.hours_on(date(2026, 2, 17)) == Hours(time(9), time(17))
    assert calendar.hours_on(date(2026, 2, 18)) == calendar.hours_on(date(2026, 3, 19)) == Hours(time(9), time(15))
    assert calendar.hours_on(date(2026, 2, 20)) is None  # a Friday
    assert calendar.hours_on(date(2026, 3, 1)) is None


@pytest.mark.parametrize(
    ("language", "closed", "opened"),
    [
        (
            "ar",
            "المكتب مغلق الآن، ويفتح يوم الأحد 1 نوفمبر الساعة 09:00 بتوقيت القاهرة.",
            "المكتب مفتوح حتى الساعة 17:00 بتوقيت القاهرة.",
        ),
        (
            "en",
            "The office is closed. It opens on Sunday 1 November at 09:00, Cairo time.",
            "The office is open until 17:00, Cairo time.",
        ),
        (
            "fr",
            "Le bureau est fermé. Il rouvre le dimanche 1er novembre à 09:00, heure du Caire.",
            "Le bureau est ouvert jusqu’à 17:00, heure du Caire.",
        ),
    ],
)
def test_reader_is_told_when_the_office_opens(language: str, closed: str, opened: str) -> None:
    calendar = office_calendar()
    with translation.override(language):
        assert opening_text(calendar, datetime(2026, 10, 30, 10, 0, tzinfo=UTC)) == closed
        assert opening_text(calendar, datetime(2026, 11, 1, 7, 0, tzinfo=UTC)) == opened


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        (OfficeHours(friday_opens=time(10)), "friday_closes"),
        (OfficeHours(monday_opens=None), "monday_opens"),
        (OfficeHours(monday_opens=time(18)), "monday_closes"),
        (Holiday(**NAMES, first_day=date(2026, 3, 2), last_day=date(2026, 3, 1)), "last_day"),
        (Holiday(**NAMES, first_day=date(2026, 3, 2), last_day=date(2062, 3, 1)), "last_day"),
        (Holiday(**NAMES, first_day=date(2026, 3, 2), closes=time(12)), "opens"),
    ],
)
def test_hours_that_cannot_be_are_refused_at_the_field(wrong: OfficeHours | Holiday, field: str) -> None:
    with pytest.raises(ValidationError) as refusal:
        wrong.full_clean()
    assert list(refusal.value.message_dict) == [field]


def test_office_without_any_hours_is_refused() -> None:
    closed = OfficeHours(**{field.name: None for field in OfficeHours._meta.fields if field.name != "id"})
    with pytest.raises(ValidationError):
        closed.full_clean()


@pytest.mark.parametrize(
    ("today", "holidays", "missing"),
    [
        (date(2026, 6, 1), [], [2026]),
        (date(2026, 6, 1), [date(2026, 1, 7)], []),
        (date(2026, 11, 1), [date(2026, 1, 7)], [2027]),
        (date(2026, 11, 1), [date(2027, 1, 7)], [2026]),
        (date(2026, 12, 31), [date(2026, 1, 7), date(2027, 1, 7)], []),
    ],
)
def test_year_without_any_holiday_is_noticed(today: date, holidays: list[date], missing: list[int]) -> None:
    for day in holidays:
        Holiday.objects.create(**NAMES, first_day=day)
    assert years_without_holidays(today) == missing


def test_inbox_says_that_holidays_are_missing(client: Client) -> None:
    manager = User.objects.create_user("a-manager", "a@example.org", "x")
    manager.groups.add(press_managers_group())
    client.force_login(manager)
    year = timezone.localdate().year
    assert f"No holiday of {year} is entered" in client.get("/admin/press-desk/").content.decode()
    for each in (year, year + 1):
        Holiday.objects.create(**NAMES, first_day=date(each, 1, 7))
    assert "No holiday of" not in client.get("/admin/press-desk/").content.decode()
