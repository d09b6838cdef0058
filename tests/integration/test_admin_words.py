"""The admin is translated into Arabic and French on every page: every view with a URL is read in both."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.test import Client
from django.utils.translation import trans_real
from wagtail.users.models import UserProfile

from accounts.models import User
from tests.admin_views import address_of, admin_views, blocks_its_scripts, values_of_the_site

pytestmark = pytest.mark.django_db

WORD = re.compile("[A-Za-z]{3}")
# Views to skip: one ends the session, one fails on purpose.
LEFT_OUT = ("logout", "failwhale")


class Lookups:
    """Records lookups in the catalogues without a translation: message -> the route that needed it."""

    def __init__(self, patch: pytest.MonkeyPatch) -> None:
        self.route = ""
        self.unanswered: dict[str, str] = {}
        original = trans_real.DjangoTranslation.gettext
        lookups = self

        def gettext(catalogue: Any, message: str) -> str:
            text: str = original(catalogue, message)
            if catalogue.language() != "en" and text == message and lookups.is_unknown(catalogue, message):
                lookups.unanswered.setdefault(message, lookups.route)
            return text

        patch.setattr(trans_real.DjangoTranslation, "gettext", gettext)

    def is_unknown(self, catalogue: Any, message: str) -> bool:
        """Return whether the catalogue lacks a message; French may equal the English, but Arabic may not."""
        if not WORD.search(str(message)):
            return False
        return catalogue.language() == "ar" or catalogue._catalog.get(message) is None


def reader(language: str) -> Client:
    user = User.objects.create_superuser(f"reader-{language}", f"{language}@example.org", "a password of the tests")
    UserProfile.objects.create(user=user, preferred_language=language)
    client = Client(headers={"Accept-Language": language}, raise_request_exception=False)
    client.force_login(user)
    return client


def visit(language: str, lookups: Lookups) -> dict[str, int]:
    """Read each view in a language, and return the statuses by route."""
    client, values = reader(language), values_of_the_site()
    status: dict[str, int] = {}
    for route, view in admin_views():
        address = address_of(route, view, values)
        if address is not None and not any(word in route for word in LEFT_OUT):
            lookups.route = route
            response = client.get(address)
            status[route] = response.status_code
            assert not blocks_its_scripts(response), route
    return status


# wagtail-localize pages through translations without an order.
@pytest.mark.filterwarnings("ignore:Pagination may yield inconsistent results")
@pytest.mark.parametrize("language", ["ar", "fr"])
@pytest.mark.slow
def test_every_view_of_the_admin_finds_its_words(monkeypatch: pytest.MonkeyPatch, language: str) -> None:
    lookups = Lookups(monkeypatch)
    status = visit(language, lookups)
    assert lookups.unanswered == {}
    assert [route for route, code in status.items() if code >= 500] == []
    assert sum(code == 200 for code in status.values()) > 200
