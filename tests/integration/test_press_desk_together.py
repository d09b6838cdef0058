"""Officers who work on one inquiry at the same time, each over a separate connection."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier

import pytest
from django.db import connection, connections
from django.db.utils import load_backend
from pytest_django import DjangoDbBlocker

from accounts.models import User
from press.desk import actions
from tests.own_database import own_database
from tests.press_inquiries import make_inquiry


@pytest.mark.postgresql
@pytest.mark.django_db
def test_of_two_officers_at_the_same_moment_one_is_told(
    django_db_setup: None, tmp_path: Path, django_db_blocker: DjangoDbBlocker
) -> None:
    with django_db_blocker.unblock(), own_database(tmp_path):
        inquiry = make_inquiry()
        officers = [User.objects.create_user(f"officer-{number}") for number in range(2)]
        shared, both_ready = connection.settings_dict, Barrier(2)

        def change(officer: User) -> bool:
            connections["default"] = load_backend(shared["ENGINE"]).DatabaseWrapper(shared, "default")
            both_ready.wait(20)
            try:
                actions.assign(inquiry, inquiry.version, owner=officer, desk=None, by=officer)
            except actions.ChangedMeanwhile:
                return False
            finally:
                connections["default"].close()
            return True

        with ThreadPoolExecutor(2) as threads:
            done = list(threads.map(change, officers))
        assert sorted(done) == [False, True]
        inquiry.refresh_from_db()
        assert inquiry.owner == officers[done.index(True)]
        assert inquiry.events.filter(kind="owner").count() == 1
