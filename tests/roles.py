"""Somebody of each role, and what anybody does taken back."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection, transaction
from django.test import Client

from accounts.models import User
from accounts.roles import communications_group, press_managers_group, press_officers_group

# What is counted of who asks, and what a sign-in keeps.
_KEPT_OF_ANYBODY = ("core_rate", "core_attempt", "django_session")


def somebody(role: str) -> Client:
    client = Client(raise_request_exception=False)
    if role == "anonymous":
        return client
    groups: dict[str, Callable[[], Any]] = {
        "communications": communications_group,
        "officer": press_officers_group,
        "manager": press_managers_group,
    }
    make = User.objects.create_superuser if role == "administrator" else User.objects.create_user
    user = make(f"role-{role}", "role@example.org", "a password of the tests")
    if role in groups:
        user.groups.add(groups[role]())
    client.force_login(user)
    return client


@contextmanager
def undone() -> Iterator[list[str]]:
    """Take back what is stored meanwhile, and collect it."""
    stored: list[str] = []

    def note(execute: Any, sql: str, *rest: Any) -> Any:
        words = sql.split(None, 6)
        if words[0] in ("INSERT", "UPDATE", "DELETE") and not any(table in sql for table in _KEPT_OF_ANYBODY):
            stored.append(sql[:200])
        return execute(sql, *rest)

    with transaction.atomic(), connection.execute_wrapper(note):
        yield stored
        transaction.set_rollback(True)
