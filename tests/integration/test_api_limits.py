"""Quotas: by address or by key, reported in headers, without storing anybody's address."""

from __future__ import annotations

import re
import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from django.conf import LazySettings, settings
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from api import limits
from api.models import ApiKey, digest_of

pytestmark = pytest.mark.django_db

NOW = 1_800_000_000 - 1_800_000_000 % 60


class Clock:
    now = float(NOW)

    def time(self) -> float:
        return self.now


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch, settings: LazySettings) -> Clock:
    """A clock that stands still, and the quotas of a real site."""
    settings.API_REQUESTS_PER_MINUTE = {"anonymous": 600, "key": 6000}
    stopped = Clock()
    monkeypatch.setattr(limits, "time", stopped)
    return stopped


@pytest.fixture
def key(db: None) -> str:
    entry = ApiKey(name="A partner")
    value = entry.set_new_key()
    entry.save()
    return value


def left(response: Any) -> int:
    found = re.search(r"r=(\d+)", response["RateLimit"])
    assert found
    return int(found[1])


def use_up(client: Client, requests: int) -> None:
    """Set the counter as if this number of requests had been made."""
    client.get("/api/v1/vocabularies/types")
    key, ends = _stored()[0]
    limits.counts().add(key, (requests - 1) * limits.WHOLE, ends)


def _stored() -> list[tuple[str, int]]:
    """Return what is counted and until when."""
    with closing(sqlite3.connect(settings.COUNTS_FILE)) as connection:
        return connection.execute("SELECT key, ends FROM counts").fetchall()


def test_headers_tell_the_quota_and_what_is_left(client: Client, clock: Clock) -> None:
    first, second = client.get("/api/v1/items"), client.get("/api/v1/items?bogus=1")
    assert first["RateLimit-Policy"] == second["RateLimit-Policy"] == '"anonymous";q=600;w=60'
    assert (left(first), left(second)) == (599, 598)
    clock.now += 15
    assert client.get("/api/v1/items")["RateLimit"] == '"anonymous";r=597;t=45'


def test_what_is_unchanged_and_head_cost_a_tenth(client: Client, clock: Clock) -> None:
    etag = client.get("/api/v1/items")["ETag"]
    for _ in range(10):
        unchanged = client.get("/api/v1/items", headers={"If-None-Match": etag})
    assert left(unchanged) == 598
    for _ in range(10):
        head = client.head("/api/v1/items")
    assert left(head) == 597


def test_the_six_hundred_and_first_request_of_a_minute_is_429(client: Client, clock: Clock) -> None:
    use_up(client, 599)
    assert client.get("/api/v1/items").status_code == 200
    clock.now += 20
    refused = client.get("/api/v1/items")
    assert refused.status_code == 429
    assert refused["Retry-After"] == "40"
    assert refused.json()["type"].endswith("/too-many-requests")
    assert left(refused) == 0
    clock.now += 40
    assert client.get("/api/v1/items").status_code == 200


def test_another_address_has_a_quota_of_its_own(client: Client, clock: Clock) -> None:
    use_up(client, 600)
    assert client.get("/api/v1/items").status_code == 429
    assert client.get("/api/v1/items", REMOTE_ADDR="192.0.2.7").status_code == 200


def test_a_network_of_ipv6_is_one_client(client: Client, clock: Clock) -> None:
    assert left(client.get("/api/v1/items", REMOTE_ADDR="2001:db8::1")) == 599
    assert left(client.get("/api/v1/items", REMOTE_ADDR="2001:db8::ffff:2")) == 598
    assert left(client.get("/api/v1/items", REMOTE_ADDR="2001:db8:0:1::1")) == 599


def test_a_forwarded_address_counts_only_behind_our_own_proxy(
    client: Client, clock: Clock, settings: LazySettings
) -> None:
    assert left(client.get("/api/v1/items", headers={"X-Forwarded-For": "192.0.2.1"})) == 599
    assert left(client.get("/api/v1/items", headers={"X-Forwarded-For": "192.0.2.2"})) == 598
    settings.TRUST_PROXY = True
    forged = client.get("/api/v1/items", headers={"X-Forwarded-For": "192.0.2.9, 192.0.2.1"})
    assert left(forged) == 599
    assert left(client.get("/api/v1/items", headers={"X-Forwarded-For": "192.0.2.1"})) == 598


def test_no_address_is_kept(client: Client, clock: Clock) -> None:
    client.get("/api/v1/items", REMOTE_ADDR="192.0.2.77")
    ((key, _),) = _stored()
    assert "192.0.2.77" not in key
    assert b"192.0.2.77" not in Path(settings.COUNTS_FILE).read_bytes()


def test_a_hash_of_an_address_is_another_on_another_day(
    client: Client, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    client.get("/api/v1/items")
    before = set(_stored())
    monkeypatch.setattr(timezone, "now", lambda: datetime(2040, 1, 2, tzinfo=UTC))
    client.get("/api/v1/items")
    assert len(set(_stored()) - before) == 1


def test_a_key_raises_the_quota_and_nothing_else(client: Client, clock: Clock, key: str) -> None:
    plain = client.get("/api/v1/items")
    keyed = client.get("/api/v1/items", headers={"Authorization": f"Bearer {key}"})
    assert keyed.content == plain.content
    assert keyed["ETag"] == plain["ETag"]
    assert keyed["RateLimit-Policy"] == '"key";q=6000;w=60'
    assert (left(plain), left(keyed)) == (599, 5999)


@pytest.mark.parametrize(
    "value", ["Bearer x", "Bearer ", "Bearer", "Basic dTpw", "", "key", "Bearer clé", "Bearer " + "x" * 3000]
)
def test_an_invalid_key_is_401(client: Client, clock: Clock, value: str) -> None:
    refused = client.get("/api/v1/items", headers={"Authorization": value})
    assert refused.status_code == 401
    assert refused["WWW-Authenticate"] == "Bearer"
    assert refused.json()["errors"][0]["parameter"] == "Authorization"
    assert left(refused) == 599


def test_guessing_keys_uses_up_the_quota(client: Client, clock: Clock) -> None:
    use_up(client, 600)
    for _ in range(2):
        guess = client.get("/api/v1/items", headers={"Authorization": "Bearer x"})
    assert guess.status_code == 429


def test_a_revoked_and_a_deleted_key_are_401(client: Client, key: str) -> None:
    headers = {"Authorization": f"Bearer {key}"}
    assert client.get("/api/v1/items", headers=headers).status_code == 200
    entry = ApiKey.objects.get()
    entry.is_revoked = True
    entry.save()
    assert client.get("/api/v1/items", headers=headers).status_code == 401
    entry.is_revoked = False
    entry.save()
    assert client.get("/api/v1/items", headers=headers).status_code == 200
    entry.delete()
    assert client.get("/api/v1/items", headers=headers).status_code == 401


def test_a_key_is_shown_once_and_only_its_digest_is_kept(admin_client: Client) -> None:
    made = admin_client.post(reverse("api-keys:add"), {"name": "A partner"})
    assert made.status_code == 200
    assert "no-store" in made["Cache-Control"]
    found = re.search(r"key_[\w-]{43}", made.content.decode())
    assert found
    entry = ApiKey.objects.get()
    assert entry.digest == digest_of(found[0])
    assert found[0] not in str(list(ApiKey.objects.values()))
    for address in (reverse("api-keys:index"), reverse("api-keys:edit", args=[entry.pk])):
        assert found[0] not in admin_client.get(address).content.decode()
    assert Client().get("/api/v1/", headers={"Authorization": f"Bearer {found[0]}"}).status_code == 200
    admin_client.post(reverse("api-keys:edit", args=[entry.pk]), {"name": "A partner", "is_revoked": "on"})
    assert Client().get("/api/v1/", headers={"Authorization": f"Bearer {found[0]}"}).status_code == 401


def test_only_those_with_the_right_make_keys(editor_client: Client, editor: User) -> None:
    response = editor_client.post(reverse("api-keys:add"), {"name": "Mine"})
    assert response.status_code in (302, 403)
    assert not ApiKey.objects.exists()
