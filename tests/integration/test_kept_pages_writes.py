"""Every write of something public moves the generation of kept pages, in a transaction or outside (caching.writes)."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import transaction
from pytest_django.plugin import DjangoDbBlocker
from wagtail.contrib.redirects.models import Redirect

from caching import writes
from caching.models import Generation
from tests.own_database import own_database

pytestmark = pytest.mark.every_engine


@pytest.fixture(autouse=True)
def committing(django_db_setup: None, django_db_blocker: DjangoDbBlocker, tmp_path: Path) -> Iterator[None]:
    """A database without a transaction around the test."""
    with django_db_blocker.unblock(), own_database(tmp_path):
        writes.public_change()
        yield


def number() -> int:
    return Generation.objects.get(pk=1).number


def new_redirect(path: str) -> Redirect:
    redirect: Redirect = Redirect.objects.create(old_path=path, redirect_link="/en/")
    return redirect


def test_a_statement_that_returns_rows_outside_a_transaction() -> None:
    before = number()
    redirect = new_redirect("/one")
    assert Redirect.objects.get(pk=redirect.pk).old_path == "/one"
    assert number() == before + 1


def test_a_statement_that_returns_nothing_outside_a_transaction() -> None:
    redirect = new_redirect("/one")
    before = number()
    assert Redirect.objects.filter(pk=redirect.pk).update(redirect_link="/ar/") == 1
    assert number() == before + 1


def test_several_statements_of_a_transaction_move_it_once() -> None:
    before = number()
    with transaction.atomic():
        new_redirect("/one")
        new_redirect("/two")
    assert number() == before + 1


def test_what_is_rolled_back_does_not_move_it() -> None:
    before = number()
    with transaction.atomic():
        new_redirect("/one")
        transaction.set_rollback(True)
    assert (number(), Redirect.objects.filter(old_path="/one").exists()) == (before, False)
