"""Mail to staff about the worker's findings, in each recipient's own language."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from django.contrib.auth.models import Permission
from django.db.models import Q, QuerySet
from django.template.loader import render_to_string
from django.utils import translation

from accounts.languages import mail_language
from accounts.models import User
from accounts.roles import COMMUNICATIONS
from core.models import OfficeSettings
from mailing.outbox import Mail, queue_message


def tell(users: Iterable[User], name: str, context: Callable[[], dict[str, Any]], *, about: str) -> None:
    """Queue the mail `emails/<name>.txt`, with the subject from `emails/<name>_subject.txt`, to each of `users`.

    `context` is called with the recipient's language active; `about` says what the mail belongs to, as in the outbox.
    """
    offices = dict(OfficeSettings.objects.values_list("locale__language_code", "name"))
    for user in users:
        language = mail_language(user)
        with translation.override(language):
            values = context()
            subject = render_to_string(f"emails/{name}_subject.txt", values).strip()
            text = render_to_string(f"emails/{name}.txt", values)
        headers = {"Auto-Submitted": "auto-generated", "Content-Language": language}
        mail = Mail(user.email, subject, text, headers=headers, sender_name=offices.get(language, ""))
        queue_message(mail, purpose=name.replace("_", "-"), about=about)


def reachable() -> QuerySet[User]:
    """Return the staff who can receive mail."""
    return User.objects.filter(is_active=True).exclude(email="")


def those_who_may(permission: str) -> QuerySet[User]:
    """Return the staff who have a permission, given as `app.codename`, and can receive mail."""
    app, _, codename = permission.partition(".")
    permissions = Permission.objects.filter(codename=codename, content_type__app_label=app)
    allowed = Q(is_superuser=True) | Q(groups__permissions__in=permissions) | Q(user_permissions__in=permissions)
    return reachable().filter(allowed).distinct()


def those_of(users: Any) -> QuerySet[User]:
    """Return those of `users` (primary keys or a query for them) who can receive mail, or all communications staff if
    none can.
    """
    found = reachable().filter(pk__in=users)
    return found if found.exists() else reachable().filter(groups__name=COMMUNICATIONS).distinct()
