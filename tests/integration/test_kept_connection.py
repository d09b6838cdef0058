"""A connection that is kept between requests is checked without asking the server, and replaced once it is lost."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection
from django.db.utils import load_backend

pytestmark = [pytest.mark.postgresql, pytest.mark.django_db]


@pytest.fixture
def kept() -> Iterator[Any]:
    """Yield a connection of its own, as it is at the start of the next request."""
    settings = {**connection.settings_dict, "CONN_HEALTH_CHECKS": True}
    own = load_backend(settings["ENGINE"]).DatabaseWrapper(settings, "kept")
    with own.cursor() as cursor:
        cursor.execute("SELECT 'the last query', pg_backend_pid()")
        own.process = cursor.fetchone()[1]
    own.close_if_unusable_or_obsolete()
    yield own
    own.close()


def test_kept_connection_is_used_again_without_a_query(kept: Any) -> None:
    before = kept.connection
    assert kept.is_usable()
    kept.ensure_connection()
    kept.close_if_health_check_failed()
    assert kept.connection is before
    with connection.cursor() as cursor:
        cursor.execute("SELECT query FROM pg_stat_activity WHERE pid = %s", [kept.process])
        assert "the last query" in cursor.fetchone()[0]


def test_connection_that_the_server_ended_is_replaced(kept: Any) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_terminate_backend(%s, 5000)", [kept.process])
    assert not kept.is_usable()
    kept.close_if_health_check_failed()
    with kept.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        assert cursor.fetchone()[0] != kept.process


def test_message_of_the_server_is_no_reason_to_connect_again(kept: Any) -> None:
    """A notification of its own connection is only read by the query that asks whether it works."""
    with kept.cursor() as cursor:
        cursor.execute("LISTEN news")
        cursor.execute("SELECT pg_notify('news', '')")
    before = kept.connection
    kept.close_if_health_check_failed()
    assert kept.connection is before
    assert kept.is_usable()
