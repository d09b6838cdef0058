"""The admin speaks Arabic and French on every page: every view that its addresses name is read in both."""

from __future__ import annotations

import json
import re
from collections import defaultdict
from typing import Any

import pytest
from django.apps import apps
from django.db.models import CharField, TextField
from django.test import Client
from django.utils.translation import trans_real
from lxml import html
from wagtail.users.models import UserProfile

from accounts.models import User
from tests.admin_views import address_of, admin_views, values_of_the_site

pytestmark = pytest.mark.django_db

ARABIC = re.compile("[ء-ي]")
WORD = re.compile("[A-Za-z]{3}")
# Not looked at: what ends the session, what upstream breaks on purpose.
LEFT_OUT = ("logout", "failwhale")
# What upstream writes into its templates and scripts without marking it for translation: no catalogue reaches it. This
# list may only become shorter.
NOT_MARKED = frozenset(
    {
        "Actions",  # label of a menu's button, for screen readers
        "Choose",
        "Link text",
        "Locale",
        "None",
        "Page",
        "Search",  # tab of the choosers of pictures
        "content checks guide",
    }
)
# Names of upstream's own: groups and a workflow that the first migration makes, in English for every language.
NAMES = frozenset({"Moderators approval", "Editors", "Moderators", "Root", "English"})
KEYS = re.compile(r"(Ctrl|Shift|Alt|Esc)\b")


class Lookups:
    """Asks of the catalogues that had no answer: message -> the route that asked."""

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
        """Whether the catalogue has nothing, or for Arabic the English; French words may be spelt as the English."""
        if not WORD.search(str(message)):
            return False
        return catalogue.language() == "ar" or catalogue._catalog.get(message) is None


def reader(language: str) -> Client:
    user = User.objects.create_superuser(f"reader-{language}", f"{language}@example.org", "a password of the tests")
    UserProfile.objects.create(user=user, preferred_language=language)
    client = Client(headers={"Accept-Language": language}, raise_request_exception=False)
    client.force_login(user)
    return client


def texts_in(response: Any) -> set[str]:
    """What a page shows and what it says to screen readers."""
    body = b"".join(response.streaming_content) if response.streaming else response.content
    kind = response.headers.get("Content-Type", "")
    text = body.decode(errors="replace") if kind.startswith(("text/html", "application/json")) else ""
    if kind.startswith("application/json"):
        answer = json.loads(text)
        text = answer.get("html") or "" if isinstance(answer, dict) else ""
    if "<" not in text:
        return set()
    page = html.fromstring(text)
    if page.get("lang") == "en":  # the preview of a page in English
        return set()
    for element in page.xpath("//script|//style|//code|//*[@lang='en']"):
        element.drop_tree()
    found = page.xpath("//text()|//@title|//@aria-label|//@placeholder")
    return {" ".join(piece.split()) for piece in found}


def stored_texts() -> str:
    """What the database holds as text, which no catalogue translates."""
    found: set[str] = set()
    for model in apps.get_models():
        fields = [field.name for field in model._meta.fields if isinstance(field, CharField | TextField)]
        for row in model._default_manager.values_list(*fields) if fields else []:
            found.update(str(value) for value in row if value)
    return "\n".join(found)


def visit(language: str, lookups: Lookups) -> tuple[dict[str, set[str]], dict[str, int]]:
    """What each view shows in a language, and its status, by route."""
    client, values = reader(language), values_of_the_site()
    shown: dict[str, set[str]] = {}
    status: dict[str, int] = {}
    for route, view in admin_views():
        address = address_of(route, view, values)
        if address is None or any(word in route for word in LEFT_OUT):
            continue
        lookups.route = route
        response: Any = client.get(address)
        status[route] = response.status_code
        shown[route] = texts_in(response) if response.status_code == 200 else set()
    return shown, status


# wagtail-localize pages through translations without an order.
@pytest.mark.filterwarnings("ignore:Pagination may yield inconsistent results")
def test_every_view_of_the_admin_speaks_arabic_and_french(monkeypatch: pytest.MonkeyPatch) -> None:
    lookups = Lookups(monkeypatch)
    arabic, status = visit("ar", lookups)
    french, _status = visit("fr", lookups)
    assert lookups.unanswered == {}
    assert {route for route, code in status.items() if code == 500} == set()
    assert sum(code == 200 for code in status.values()) > 220
    stored = stored_texts()
    english: dict[str, set[str]] = defaultdict(set)
    for route, texts in arabic.items():
        for text in texts & french[route]:
            if WORD.search(text) and not ARABIC.search(text) and not KEYS.match(text) and text not in stored:
                english[text].add(route)
    assert set(english) <= NOT_MARKED | NAMES, {
        text: sorted(english[text])[:2] for text in set(english) - NOT_MARKED - NAMES
    }
