"""Who may do what at the press desk."""

from __future__ import annotations

from django.contrib.auth import get_user_model
from django.db.models import QuerySet

from accounts.models import User

VIEW = "press.view_inquiry"
ANSWER = "press.answer_inquiry"
EXPORT = "press.export_inquiry"
MEASURE = "press.measure_inquiry"


def officers() -> QuerySet[User]:
    """Return the users who may answer inquiries, and may therefore own them."""
    backend = "django.contrib.auth.backends.ModelBackend"
    users: QuerySet[User] = get_user_model().objects.with_perm(ANSWER, is_active=True, backend=backend)
    return users.order_by("first_name", "last_name", "username")
