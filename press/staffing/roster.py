"""Who is on duty and who stands in for whom today; anyone who has left the desk is ignored."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from accounts.models import User
from press.staffing.models.desk import Desk
from press.staffing.models.roster import Cover, Duty

from .access import officers


def duties() -> QuerySet[Duty]:
    """Return today's duties of officers who are still at the desk."""
    return (
        _today(Duty)
        .filter(officer__in=officers())
        .select_related("officer", "desk")
        .prefetch_related("desk__texts")
        .order_by("desk", "pk")
    )


def on_duty(desk: Desk | None) -> list[User]:
    """Return the officers on duty for a desk today, each once; for one who is absent, the stand-in."""
    found = [stand_in(duty.officer) or duty.officer for duty in duties().filter(desk=desk)] if desk else []
    return list(dict.fromkeys(found))


def covers() -> QuerySet[Cover]:
    """Return today's covers in which both officers are still at the desk."""
    at_work = officers()
    found = _today(Cover).filter(absent__in=at_work, covered_by__in=at_work)
    return found.select_related("absent", "covered_by").order_by("pk")


def stand_in(officer: User) -> User | None:
    """Return who stands in for an officer today; None if the officer is there, or if all who might are absent."""
    by_absent: dict[Any, User] = {}
    for cover in covers():
        by_absent.setdefault(cover.absent_id, cover.covered_by)
    seen, found = {officer.pk}, by_absent.get(officer.pk)
    while found and found.pk in by_absent and found.pk not in seen:
        seen.add(found.pk)
        found = by_absent[found.pk]
    return found if found and found.pk not in seen else None


def _today(model: Any) -> QuerySet[Any]:
    today = timezone.localdate()
    found: QuerySet[Any] = model.objects.filter(first_day__lte=today, last_day__gte=today)
    return found
