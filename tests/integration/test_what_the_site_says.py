"""What the site says about itself is true."""

from __future__ import annotations

from typing import Any

import pytest
from django.apps import apps
from django.conf import settings
from django.db.models import Model
from django.test import Client
from django.utils import translation
from lxml import html

from core.languages.declared import LANGUAGE_CODES
from core.security.encryption import EncryptedTextField
from home.models import HomePage, StandardPage
from mailing.models import OutgoingMessage
from press.hours.models import OfficeHours
from press.inquiries.models.inquiry import Inquiry
from press.inquiries.outlook import outlook_of
from press.room.page import PressRoomPage
from press.stored_data import Record, cookies, stored_data
from press.subscriptions.models import Subscription
from tests.press_inquiries import make_inquiry

pytestmark = pytest.mark.django_db
in_every_language = pytest.mark.parametrize("language", LANGUAGE_CODES)


def fields_of(model: type[Model]) -> set[str]:
    fields = [*model._meta.concrete_fields, *model._meta.many_to_many]
    return {f"{model._meta.label}.{field.name}" for field in fields}


def told() -> set[str]:
    return {name for record in stored_data() for item in record.items for name in item.fields}


def declared() -> set[str]:
    return told() | {name for record in stored_data() for name in record.technical}


def models_about_people() -> list[type[Model]]:
    """Return the models with data of readers, and all models that refer to an inquiry."""
    hanging: list[Any] = [
        field.related_model for field in Inquiry._meta.get_fields(include_hidden=True) if field.one_to_many
    ]
    others = {model.__name__: model for model in hanging if model is not Inquiry and not model._meta.auto_created}
    return [Inquiry, Subscription, OutgoingMessage, *(others[name] for name in sorted(others))]


@pytest.mark.parametrize("model", models_about_people(), ids=lambda model: model.__name__)
def test_every_stored_field_is_told_or_technical(model: type[Model]) -> None:
    stored = fields_of(model)
    assert stored - declared() == set(), "say so in press.stored_data, or declare it technical"
    assert {name for name in declared() if name.startswith(f"{model._meta.label}.")} - stored == set()


# Keys that the site uses itself, which say nothing about anybody.
KEYS_OF_STAFF = {"second_factor.AuthenticatorApp.secret"}


def test_whatever_is_encrypted_is_told() -> None:
    encrypted = {
        f"{model._meta.label}.{field.name}"
        for model in apps.get_models()
        for field in model._meta.concrete_fields
        if isinstance(field, EncryptedTextField)
    }
    assert encrypted - told() == KEYS_OF_STAFF


def privacy(client: Client, language: str) -> str:
    page = StandardPage.objects.get(shows_stored_data=True, locale__language_code=language)
    return client.get(page.url).content.decode()


@in_every_language
def test_privacy_page_lists_all_that_is_stored(client: Client, language: str) -> None:
    text = html.fromstring(privacy(client, language)).xpath("string(//main)")
    with translation.override(language):
        records: list[Record] = stored_data()
        for record in records:
            assert str(record.title) in text
            for words in [item.text for item in record.items] + list(record.kept):
                assert str(words) in text
    assert "{" not in text


@in_every_language
def test_privacy_page_says_how_long_and_leads_to_erasing(client: Client, language: str, settings: Any) -> None:
    settings.INQUIRY_RETENTION_DAYS = 37
    page = privacy(client, language)
    assert "37" in page
    assert f"/{language}/press-inquiry/" in page


@in_every_language
def test_no_form_sets_a_cookie(client: Client, language: str) -> None:
    """No page sets one either (test_every_page.py)."""
    for name in ("press-inquiry", "press-releases-by-email"):
        assert not client.get(f"/{language}/{name}/").cookies
    assert set(cookies()) == {settings.SESSION_COOKIE_NAME, settings.CSRF_COOKIE_NAME, "known_browser", "messages"}


@in_every_language
def test_hours_are_told_once_an_editor_has_confirmed_them(client: Client, language: str) -> None:
    address = PressRoomPage.objects.get(locale__language_code=language).url
    hours = "//*[contains(@class, 'press-contact__hours')]"
    assert not html.fromstring(client.get(address).content).xpath(hours)
    with translation.override(language):
        inquiry = make_inquiry()
        assert (outlook_of(inquiry).opening, outlook_of(inquiry).read_by) == ("", "")
        OfficeHours().save()
        assert html.fromstring(client.get(address).content).xpath(hours)
        assert outlook_of(inquiry).opening
        assert outlook_of(inquiry).read_by


@in_every_language
def test_figures_of_the_home_page_have_a_date_and_a_source(client: Client, language: str) -> None:
    home = HomePage.objects.get(locale__language_code=language)
    figures = [item for block in home.body if block.block_type == "key_figures" for item in block.value]
    assert figures
    for figure in figures:
        assert figure["as_of"]
        assert figure["source"]
    page = client.get(home.url).content.decode()
    assert figures[0]["source"] in page


def test_figure_without_source_or_date_is_refused() -> None:
    from django.core.exceptions import ValidationError

    from core.blocks.key_figures import KeyFigureBlock

    block = KeyFigureBlock()
    for missing in ("as_of", "source"):
        value = block.to_python({"value": "34", "label": "a", "as_of": "2015", "source": "b"} | {missing: ""})
        with pytest.raises(ValidationError) as refused:
            block.clean(value)
        error: Any = refused.value
        assert list(error.block_errors) == [missing]


def test_figure_of_an_older_release_of_the_site_is_still_shown() -> None:
    from core.blocks.key_figures import KeyFiguresBlock
    from core.content_types.builder import DocumentBuilder

    block = KeyFiguresBlock()
    value = block.to_python([{"type": "item", "value": {"value": "34", "label": "migrants"}, "id": "1"}])
    assert "migrants" in block.render(value)
    figure = {"value": "34", "label": "migrants", "as_of": "", "source": ""}
    assert block.to_document(value, DocumentBuilder("en"))["figures"] == [figure]


@in_every_language
def test_nobody_promises_an_answer_before_the_deadline(client: Client, language: str) -> None:
    """The inquiry page says that a deadline is no promise."""
    page = client.get(HomePage.objects.get(locale__language_code=language).url).content.decode()
    promises = {"en": "before your deadline", "fr": "avant votre délai", "ar": "قبل موعدك"}
    assert promises[language] not in page
