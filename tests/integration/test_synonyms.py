"""Editors' synonyms and recommended pages: their effect on a search, and the messages to editors."""

from __future__ import annotations

import pytest
from django.test import Client
from lxml import html

from core.models import Topic
from news.models import NewsPage
from search.page import SearchPage
from search.plan import plan_of
from search.query import Plan, SearchQuery, Window
from search.service import search
from search.vocabulary.memory import vocabulary
from search.vocabulary.models import PromotedResult, SynonymGroup

pytestmark = pytest.mark.django_db

ADD = "/admin/search/synonyms/new/"


def plan(text: str, language: str) -> Plan:
    return plan_of(SearchQuery(text, language), vocabulary().glossary)


def group(**lines: str) -> SynonymGroup:
    stored: SynonymGroup = SynonymGroup.objects.create(lines=lines)
    return stored


def test_expression_is_replaced_by_its_equivalents_at_the_next_search() -> None:
    assert plan("blue quokka census", "en").alternatives == ()
    stored = group(en="quokka\nshort-tailed scrub wallaby", fr="quokka à queue courte", ar="كوكا")
    assert plan("blue quokka census", "en").alternatives == ("blue short-tailed scrub wallaby census",)
    stored.lines = {"en": "quokka\nSetonix"}
    stored.save()
    assert plan("blue quokka census", "en").alternatives == ("blue Setonix census",)
    stored.delete()
    assert plan("blue quokka census", "en").alternatives == ()


def test_expression_is_known_in_every_inflection() -> None:
    group(en="quokka census\nwallaby count")
    assert plan("Quokka censuses", "en").alternatives == ("wallaby count",)


def test_other_languages_are_searched_with_their_own_words() -> None:
    group(en="quokka", fr="kangourou nain", ar="كنغر قزم")
    elsewhere = plan("quokka food", "en").elsewhere
    assert elsewhere["fr"] == ("kangourou nain food", "quokka food")
    assert elsewhere["ar"] == ("كنغر قزم food", "quokka food")


def test_acronym_in_latin_letters_is_understood_on_the_arabic_page() -> None:
    group(en="QKX", ar="كنغر قزم")
    assert plan("تقرير QKX", "ar").alternatives == ("تقرير كنغر قزم",)


def test_single_word_of_another_language_in_the_same_script_is_left_alone() -> None:
    """“Stage” is a word in both English and French, with different meanings."""
    group(fr="stage\napprentissage court", en="traineeship")
    assert "traineeship" not in plan("stage", "en").alternatives


def test_acronym_that_is_a_stop_word_is_known_in_capitals_only() -> None:
    assert "World Health Organization" in plan("WHO", "en").alternatives
    assert plan("who", "en").alternatives == ()


def test_word_of_the_glossary_is_not_corrected() -> None:
    assert search(SearchQuery("displacd", "en"), Window()).found.did_you_mean == "displaced"
    SynonymGroup.objects.create(lines={"en": "displacd\ndisplaced"})
    found = search(SearchQuery("displacd", "en"), Window()).found
    assert (found.did_you_mean, found.strong > 0) == ("", True)


def test_quoted_words_are_not_replaced() -> None:
    group(en="quokka\nsetonix")
    assert plan("“quokka”", "en").alternatives == ()


def test_number_of_alternatives_is_limited() -> None:
    words = [f"quokka{letter}" for letter in "abcdefghijklmnop"]
    group(en="\n".join(words), fr="\n".join(words))
    found = plan(" ".join(words), "en")
    assert len(found.alternatives) <= 8
    assert all(len(texts) <= 9 for texts in found.elsewhere.values())


@pytest.mark.parametrize(
    ("text", "language", "other", "expected"),
    [
        ("Jordan", "en", "ar", "الأردن"),
        ("الأردن", "ar", "fr", "Jordanie"),
        ("Liban", "fr", "en", "Lebanon"),
        ("IDPs", "en", "fr", "PDI"),
        ("الاتجار بالبشر", "ar", "en", "trafficking in persons"),
        ("traite des personnes", "fr", "ar", "الاتجار بالأشخاص"),
        ("Palestine", "en", "ar", "دولة فلسطين"),
        ("سوريا", "ar", "en", "Syrian Arab Republic"),
        ("Irak", "fr", "en", "Iraq"),
    ],
)
def test_names_and_the_starter_glossary_are_known_in_every_language(
    text: str, language: str, other: str, expected: str
) -> None:
    assert expected in plan(text, language).elsewhere[other]


@pytest.mark.parametrize(
    ("typed", "language", "official"),
    [
        ("Syria", "en", "Syrian Arab Republic"),
        ("Palestine", "en", "State of Palestine"),
        ("Turkey", "en", "Türkiye"),
        ("Ivory Coast", "en", "Côte d’Ivoire"),
        ("UAE", "en", "United Arab Emirates"),
        ("Syrie", "fr", "République arabe syrienne"),
        ("Turquie", "fr", "Türkiye"),
        ("سوريا", "ar", "الجمهورية العربية السورية"),
        ("فلسطين", "ar", "دولة فلسطين"),
        ("إيران", "ar", "جمهورية إيران الإسلامية"),
        ("السعودية", "ar", "المملكة العربية السعودية"),
    ],
)
def test_everyday_name_of_a_country_finds_its_official_one(typed: str, language: str, official: str) -> None:
    SynonymGroup.objects.all().delete()
    glossary = vocabulary().glossary
    assert official in plan_of(SearchQuery(typed, language), glossary).alternatives
    assert typed in plan_of(SearchQuery(official, language), glossary).alternatives


def test_topic_that_is_renamed_is_known_by_its_new_name() -> None:
    topic = Topic.objects.first()
    assert topic is not None
    vocabulary()
    topic.names = {"en": "Quokka welfare", "fr": "Bien-être des quokkas"}
    topic.save()
    assert plan("quokka welfare", "en").elsewhere["fr"][0] == "Bien-être des quokkas"


def test_editor_is_told_of_an_expression_that_does_nothing(editor_client: Client) -> None:
    response = editor_client.post(ADD, {"in_en": "of the\nquokka", "in_fr": "", "in_ar": ""})
    assert "“of the” has only words that search leaves out" in response.content.decode()
    assert not SynonymGroup.objects.filter(texts__expressions__contains="quokka").exists()


def test_editor_is_told_of_expressions_that_are_the_same_to_search(editor_client: Client) -> None:
    group(en="setonix\nwallaby")
    response = editor_client.post(ADD, {"in_en": "quokka\nquokkas\nsetonix", "in_fr": "", "in_ar": ""}, follow=True)
    text = response.content.decode()
    assert "“quokkas” is the same to search as “quokka”" in text
    assert "“setonix” stands among other synonyms too" in text


def test_editor_sees_what_an_expression_becomes(editor_client: Client) -> None:
    stored = group(en="quokkas of the island\nsetonix")
    document = html.fromstring(editor_client.get(f"/admin/search/synonyms/edit/{stored.pk}/").content)
    cells = [" ".join(cell.text_content().split()) for cell in document.xpath("//table//td")]
    assert cells[cells.index("quokkas of the island") + 1] == "quokka + island"


def test_group_of_one_expression_is_refused(editor_client: Client) -> None:
    response = editor_client.post(ADD, {"in_en": "quokka", "in_fr": "", "in_ar": ""})
    assert "Give at least two expressions" in response.content.decode()


def test_row_of_the_report_opens_a_form_with_its_words(editor_client: Client) -> None:
    for address in (ADD, "/admin/search/recommended/new/"):
        document = html.fromstring(editor_client.get(address, {"in_fr": "kangourou nain"}).content)
        assert document.xpath("//textarea[@name='in_fr']")[0].text.strip() == "kangourou nain"


@pytest.mark.parametrize(("language", "typed"), [("en", "Quokka MAPS"), ("fr", "antilopes naines"), ("ar", "كنغر")])
def test_recommended_page_stands_above_the_results_of_its_searches(client: Client, language: str, typed: str) -> None:
    page = NewsPage.objects.filter(locale__language_code="ar").latest("date")
    PromotedResult.objects.create(page=page, lines={"en": "quokka map", "fr": "antilope naine", "ar": "كنغر"})
    document = html.fromstring(
        client.get(SearchPage.objects.get(locale__language_code=language).url, {"q": typed}).content
    )
    version = NewsPage.objects.get(translation_key=page.translation_key, locale__language_code=language)
    assert document.xpath("//*[contains(@class,'promoted')]//a/@href") == [version.url]


def test_recommended_page_stands_on_the_first_page_of_results_alone(client: Client) -> None:
    page = NewsPage.objects.filter(locale__language_code="en").latest("date")
    PromotedResult.objects.create(page=page, lines={"en": "migration"})
    first, second = (client.get("/en/search/", {"q": "migration", "page": number}) for number in (1, 2))
    assert second.status_code == 200
    assert "promoted" in first.content.decode()
    assert "promoted" not in second.content.decode()


def test_recommended_page_that_the_public_may_not_see_is_not_shown(client: Client) -> None:
    page = NewsPage.objects.filter(locale__language_code="en").latest("date")
    PromotedResult.objects.create(page=page, lines={"en": "quokka map"})
    page.unpublish()
    assert "promoted" not in client.get("/en/search/", {"q": "quokka map"}).content.decode()


def test_editors_of_the_communications_staff_manage_the_vocabulary(editor_client: Client) -> None:
    for address in ("synonyms/", "recommended/", "report/"):
        assert editor_client.get(f"/admin/search/{address}").status_code == 200
