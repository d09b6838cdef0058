"""Apart from pages, an editor can manage topics, the office's settings, pictures and files, and nothing else."""

from __future__ import annotations

import json
from io import BytesIO

import pytest
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext
from lxml import html
from PIL import Image as Picture
from wagtail.models import Page
from wagtail.test.utils.form_data import nested_form_data

from core.languages.versions import public_pages
from core.models import ContentDocument, ContentImage, OfficeSettings, Topic
from home.models import HomePage
from news.models import NewsPage
from tests.admin_forms import Data, block_data, fields_of
from tests.editing import Editing
from tests.factories import LANGUAGES, make_document, make_image, make_page, the_page, words

pytestmark = pytest.mark.django_db

in_every_language = pytest.mark.parametrize("language", LANGUAGES)

TOPICS = "wagtailsnippets_core_topic"
OFFICE = "wagtailsnippets_core_officesettings"


def picture(name: str = "picture.png") -> SimpleUploadedFile:
    content = BytesIO()
    Picture.new("RGB", (64, 36), (0, 51, 160)).save(content, "PNG")
    return SimpleUploadedFile(name, content.getvalue(), "image/png")


def test_topic_is_added_named_anew_and_deleted(editing: Editing, client: Client) -> None:
    editing.get(reverse(f"{TOPICS}:add"))
    names = {"name_ar": "موضوع", "name_en": "A topic", "name_fr": "Un sujet"}
    assert editing.post(reverse(f"{TOPICS}:add"), {"slug": "a-topic"} | names).status_code == 302
    topic = Topic.objects.get(slug="a-topic")
    page = make_page(NewsPage, "fr", topics=[topic])
    assert "Un sujet" in client.get(page.url).content.decode()

    address = reverse(f"{TOPICS}:edit", args=[topic.pk])
    editing.get(address)
    assert editing.post(address, {"slug": "a-topic"} | names | {"name_fr": "Un thème"}).status_code == 302
    assert "Un thème" in client.get(page.url).content.decode()
    assert "Un thème" in editing.get(reverse(f"{TOPICS}:list"))

    address = reverse(f"{TOPICS}:delete", args=[topic.pk])
    editing.get(address)
    assert editing.post(address).status_code == 302
    assert "Un thème" not in client.get(page.url).content.decode()


@pytest.mark.parametrize(("field", "value"), [("name_ar", ""), ("slug", "Not A Code"), ("slug", "")])
def test_topic_needs_a_code_and_a_name_in_every_language(editing: Editing, field: str, value: str) -> None:
    data = {"slug": "a-topic", "name_ar": "موضوع", "name_en": "A topic", "name_fr": "Un sujet"} | {field: value}
    response = editing.post(reverse(f"{TOPICS}:add"), data)
    assert set(response.context["form"].errors) == {field}


def office_form(editing: Editing, office: OfficeSettings, **changes: str) -> Data:
    response = editing.client.get(reverse(f"{OFFICE}:edit", args=[office.pk]))
    links = office.social_links.stream_block
    data = fields_of(response, "w-editor-form") | changes
    data |= nested_form_data({"social_links": block_data(links, links.get_form_state(office.social_links))})
    return data


@in_every_language
def test_emergency_notice_is_above_every_page_of_its_language_only(
    editing: Editing, client: Client, language: str
) -> None:
    office = OfficeSettings.objects.get(locale__language_code=language)
    notice = words(language)
    response = editing.post(reverse(f"{OFFICE}:edit", args=[office.pk]), office_form(editing, office, notice=notice))
    assert response.status_code == 302

    pages = public_pages(Page.objects.filter(depth__lte=3, depth__gt=1))
    with_notice = {page.url for page in pages if notice in client.get(page.url).content.decode()}
    assert with_notice == {page.url for page in pages if page.locale.language_code == language}


def test_office_settings_are_changed_not_added_or_deleted(editing: Editing) -> None:
    office = OfficeSettings.objects.get(locale__language_code="ar")
    before = OfficeSettings.objects.count()
    assert office.name in editing.get(reverse(f"{OFFICE}:list"))
    assert editing.client.get(reverse(f"{OFFICE}:add")).status_code == 302
    editing.post(reverse(f"{OFFICE}:delete", args=[office.pk]))
    assert OfficeSettings.objects.count() == before


def test_image_is_uploaded_with_its_credit(editing: Editing) -> None:
    form = editing.client.get(reverse("wagtailimages:add"))
    assert 'name="credit"' in form.content.decode()
    response = editing.post(
        reverse("wagtailimages:add"),
        {"title": "صورة", "credit": "IOM 2026 / اسم", "is_decorative": "on", "file": picture()},
    )
    assert response.status_code == 302
    image = ContentImage.objects.get(title="صورة")
    assert (image.credit, image.is_decorative, image.width) == ("IOM 2026 / اسم", True, 64)

    address = reverse("wagtailimages:edit", args=[image.pk])
    assert 'name="credit"' in editing.get(address)
    assert editing.post(address, {"title": "صورة", "credit": "IOM"}).status_code == 302
    image.refresh_from_db()
    assert (image.credit, image.is_decorative) == ("IOM", False)


def test_several_images_are_uploaded_at_once(editing: Editing) -> None:
    editing.get(reverse("wagtailimages:add_multiple"))
    address = reverse("wagtailimages:add_multiple")
    uploaded = editing.post(address, {"title": "one", "files[]": picture()}).json()
    assert uploaded["success"], uploaded
    assert "credit" in uploaded["form"]


def test_image_is_uploaded_where_it_is_chosen(editing: Editing) -> None:
    editing.get(reverse("wagtailimages_chooser:choose"))
    prefix = "image-chooser-upload-"
    response = editing.post(
        reverse("wagtailimages_chooser:create"),
        {f"{prefix}title": "Chosen", f"{prefix}credit": "IOM", f"{prefix}file": picture()},
    )
    assert response.json()["step"] in ("chosen", "image_chosen", "select_format")
    assert ContentImage.objects.get(title="Chosen").credit == "IOM"


def test_image_in_use_is_deleted_and_the_page_stays(editing: Editing, client: Client) -> None:
    image = make_image()
    page = make_page(NewsPage, "en", lead_image=image, lead_image_alt="A picture")
    address = reverse("wagtailimages:delete", args=[image.pk])
    editing.get(address)
    assert editing.post(address).status_code == 302
    assert client.get(page.url).status_code == 200


def test_document_is_uploaded_with_its_language(editing: Editing, client: Client) -> None:
    assert 'name="language"' in editing.get(reverse("wagtaildocs:add"))
    file = ContentFile(b"a,b\n", "figures.csv")
    response = editing.post(reverse("wagtaildocs:add"), {"title": "أرقام", "language": "ar", "file": file})
    assert response.status_code == 302
    document = ContentDocument.objects.get(title="أرقام")
    assert document.language == "ar"
    assert editing.client.get(document.url).getvalue() == b"a,b\n"

    address = reverse("wagtaildocs:edit", args=[document.pk])
    assert 'name="language"' in editing.get(address)
    assert editing.post(address, {"title": "أرقام", "language": ""}).status_code == 302
    document.refresh_from_db()
    assert document.language == ""


def test_program_is_not_accepted_as_a_document(editing: Editing) -> None:
    response = editing.post(
        reverse("wagtaildocs:add"), {"title": "A program", "file": ContentFile(b"MZ", "program.exe")}
    )
    assert set(response.context["form"].errors) == {"file"}


def test_old_address_is_redirected_by_an_editor(editing: Editing, client: Client) -> None:
    editing.get(reverse("wagtailredirects:index"))
    editing.get(reverse("wagtailredirects:add"))
    page = the_page(HomePage, "fr")
    data = {"old_path": "/ancien", "is_permanent": "on", "redirect_page": page.pk}
    assert editing.post(reverse("wagtailredirects:add"), data).status_code == 302
    assert client.get("/ancien").headers["Location"] == page.url


@pytest.mark.parametrize(
    "name",
    [
        "wagtailusers_users:index",
        "wagtailusers_groups:index",
        "wagtailsites:index",
        "wagtaillocales:index",
        "wagtailadmin_workflows:index",
    ],
)
def test_accounts_and_set_up_are_not_for_editors(editing: Editing, name: str) -> None:
    response = editing.client.get(reverse(name))
    assert (response.status_code, response.headers["Location"]) == (302, reverse("wagtailadmin_home"))
    assert reverse(name) not in editing.get(reverse("wagtailadmin_home"))


@pytest.mark.parametrize("name", ["wagtailadmin_home", f"{TOPICS}:list", "wagtailimages:index"])
def test_anonymous_visitor_is_sent_to_the_login(client: Client, name: str) -> None:
    response = client.get(reverse(name))
    assert response.status_code == 302
    assert response.headers["Location"].startswith(reverse("wagtailadmin_login"))


@pytest.mark.parametrize(("preferred", "direction"), [("ar", "rtl"), ("en", "ltr"), ("fr", "ltr")])
def test_admin_speaks_the_language_of_the_editor(editing: Editing, preferred: str, direction: str) -> None:
    editing.prefer(preferred)
    document = html.fromstring(editing.get(reverse("wagtailadmin_home")))
    assert (document.get("lang"), document.get("dir")) == (preferred, direction)
    menu = str(json.loads(document.get_element_by_id("wagtail-sidebar-props").text))
    form = editing.get(reverse("wagtailadmin_pages:edit", args=[the_page(NewsPage, "en").pk]))
    with translation.override(preferred):
        of_wagtail = gettext("Log out")
        of_menu = {of_wagtail, gettext("Site search"), gettext("Topics")}
        of_form = {gettext("Picture"), gettext("What it is about"), gettext("summary").capitalize()}
        of_ours = gettext("Site search")
    assert {text for text in of_menu if text not in menu} == set()
    assert {text for text in of_form if text not in form} == set()
    assert (of_wagtail == "Log out") == (of_ours == "Site search") == (preferred == "en")


def test_document_that_a_publication_offers_can_be_looked_up(editing: Editing) -> None:
    document = make_document("A file to look up")
    assert document.title in editing.get(reverse("wagtaildocs:index"), {"q": "look up"})
    assert document.title in editing.get(reverse("wagtaildocs_chooser:choose"))
