"""API keys: the time of their last use, the day on which they expire, and the people notified in advance."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.core import mail
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from wagtail.users.models import UserProfile

from accounts.models import User
from api.keys import IDLE, NOTICE, RECORDED_EVERY, State, state_of, warn_of_expiry
from api.models import ApiKey
from tests.webhook_deliveries import work

pytestmark = pytest.mark.django_db


@pytest.fixture
def entry() -> ApiKey:
    return made("A partner")


def made(name: str) -> ApiKey:
    """Create a key, with its secret in the attribute `value`."""
    entry = ApiKey(name=name)
    entry.value = entry.set_new_key()  # type: ignore[attr-defined]
    entry.save()
    return entry


def ask(client: Client, entry: ApiKey) -> Any:
    return client.get("/api/v1/items?limit=1", headers={"Authorization": f"Bearer {entry.value}"})  # type: ignore[attr-defined]


def today() -> date:
    return timezone.localdate()


def ends(entry: ApiKey, day: date) -> None:
    entry.expires_on = day
    entry.save()


def aged(entry: ApiKey, age: timedelta) -> None:
    ApiKey.objects.filter(pk=entry.pk).update(created_at=timezone.now() - age)
    entry.refresh_from_db(fields=["created_at"])


def test_first_use_is_recorded_and_again_after_an_hour_at_most(client: Client, entry: ApiKey) -> None:
    ask(client, entry)
    entry.refresh_from_db(fields=["last_used_at"])
    first = entry.last_used_at
    assert first
    assert timezone.now() - first < timedelta(minutes=1)
    with CaptureQueriesContext(connection) as queries:
        for _ in range(3):
            ask(client, entry)
    assert not [query for query in queries if query["sql"].startswith("UPDATE")]
    long_ago = timezone.now() - RECORDED_EVERY
    ApiKey.objects.update(last_used_at=long_ago)
    cache.clear()
    ask(client, entry)
    entry.refresh_from_db(fields=["last_used_at"])
    assert entry.last_used_at
    assert entry.last_used_at > long_ago


def test_process_that_does_not_share_the_cache_writes_no_second_time(client: Client, entry: ApiKey) -> None:
    just_now = timezone.now() - RECORDED_EVERY / 2
    ApiKey.objects.update(last_used_at=just_now)
    cache.clear()
    ask(client, entry)
    entry.refresh_from_db(fields=["last_used_at"])
    assert entry.last_used_at == just_now


def test_key_works_on_its_last_day_and_is_401_after_it(client: Client, entry: ApiKey) -> None:
    ends(entry, today())
    answer = ask(client, entry)
    assert (answer.status_code, answer["API-Key-Last-Day"]) == (200, today().isoformat())
    ends(entry, today() - timedelta(days=1))
    entry.refresh_from_db(fields=["last_used_at"])
    before = entry.last_used_at
    refused = ask(client, entry)
    assert (refused.status_code, refused["Content-Type"]) == (401, "application/problem+json")
    assert refused["WWW-Authenticate"] == "Bearer"
    [error] = refused.json()["errors"]
    assert (error["code"], error["parameter"]) == ("expired-key", "Authorization")
    assert f"{entry.expires_on}" in refused.json()["detail"]
    entry.refresh_from_db(fields=["last_used_at"])
    assert entry.last_used_at == before


def test_revoked_key_is_told_so(client: Client, entry: ApiKey) -> None:
    entry.is_revoked = True
    entry.save()
    assert ask(client, entry).json()["errors"][0]["code"] == "revoked-key"


def test_partner_is_told_of_the_last_day_only_when_it_is_near(client: Client, entry: ApiKey) -> None:
    assert "API-Key-Last-Day" not in ask(client, entry)
    ends(entry, today() + NOTICE + timedelta(days=1))
    assert "API-Key-Last-Day" not in ask(client, entry)
    ends(entry, today() + NOTICE)
    assert "API-Key-Last-Day" in ask(client, entry)


def test_those_who_manage_keys_are_told_once_in_their_language(entry: ApiKey, editor: User) -> None:
    manager = User.objects.create_superuser("a-manager", "manager@example.org", "a password of the tests")
    UserProfile.objects.create(user=manager, preferred_language="ar")
    ends(entry, today() + NOTICE)
    ends(made("A later one"), today() + NOTICE + timedelta(days=1))
    revoked = made("A revoked one")
    revoked.is_revoked = True
    ends(revoked, today() + timedelta(days=2))
    work()
    [message] = mail.outbox
    assert message.to == ["manager@example.org"]
    assert "A partner" in message.subject
    assert "مفتاح" in message.subject
    assert reverse("api-keys:edit", args=[entry.pk]) in message.body
    assert not warn_of_expiry()
    ends(entry, today() + timedelta(days=3))
    assert warn_of_expiry(), "a day that was changed is told of again"


def test_states_are_shown_and_can_be_listed(admin_client: Client, client: Client) -> None:
    fresh, idle, soon, over, revoked = (made(name) for name in ("Fresh", "Idle", "Soon", "Over", "Revoked"))
    aged(idle, IDLE + timedelta(days=1))
    aged(soon, IDLE + timedelta(days=1))
    ends(soon, today() + timedelta(days=2))
    ends(over, today() - timedelta(days=2))
    revoked.is_revoked = True
    revoked.save()
    ask(client, soon)
    states = {key.name: state_of(key) for key in ApiKey.objects.all()}
    assert states == {
        "Fresh": State.IN_USE,
        "Idle": State.IDLE,
        "Soon": State.EXPIRING,
        "Over": State.EXPIRED,
        "Revoked": State.REVOKED,
    }
    for state in (State.IDLE, State.EXPIRING, State.EXPIRED, State.REVOKED):
        page = admin_client.get(reverse("api-keys:index"), {"state": state.value})
        assert [key.name for key in page.context["object_list"]] == [
            name for name, found in states.items() if found == state
        ]
    every = admin_client.get(reverse("api-keys:index")).content.decode()
    assert all(str(state.label) in every for state in State)
    assert fresh.name in every


def test_last_day_is_set_in_the_admin(admin_client: Client, entry: ApiKey) -> None:
    address = reverse("api-keys:edit", args=[entry.pk])
    assert admin_client.post(address, {"name": "A partner", "expires_on": "2099-12-31"}).status_code == 302
    entry.refresh_from_db()
    assert entry.expires_on == date(2099, 12, 31)
