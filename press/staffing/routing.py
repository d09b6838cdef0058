"""Which desk an inquiry goes to, and which number to call."""

from __future__ import annotations

from core.models import OfficeSettings
from core.web.request_memory import remembered
from press.staffing.models.desk import Desk, RoutingRule


def desk_for(*, topic_id: int | None, language: str, country: str) -> Desk | None:
    """Return the desk of the first rule that fits, otherwise the duty desk; None if there is none."""
    for rule in RoutingRule.objects.select_related("desk"):
        if rule.fits(topic_id=topic_id, language=language, country=country):
            return rule.desk
    return duty_desk()


def duty_desk() -> Desk | None:
    return remembered("duty_desk", Desk.objects.filter(is_duty=True).first)


def duty_phone(desk: Desk | None, language: str) -> str:
    """Return the telephone for a journalist in a hurry: the desk's, the duty desk's or the office's; empty if none has
    one.
    """
    on_duty = duty_desk()
    phones = [
        desk.phone if desk else "",
        on_duty.phone if on_duty else "",
        OfficeSettings.in_language(language).contact_phone,
    ]
    return next(filter(None, phones), "")
