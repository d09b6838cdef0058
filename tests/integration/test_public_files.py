"""Files are public exactly while something public shows them; otherwise they seem never to have existed."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.core.files.base import ContentFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.models import Collection, CollectionViewRestriction, Page, PageViewRestriction

from accounts.models import User
from accounts.roles import press_officers_group
from api.preview import preview_link
from core.embargo import set_embargo
from core.models import ContentDocument, ContentImage
from core.pictures.renditions import ALL_RENDITIONS
from home.models import StandardPage
from news.models import NewsPage
from press.releases.page import PressReleasePage
from press.releases.parts import ReleasePicture
from press.room.page import PressRoomPage
from press.room.spokesperson import Spokesperson
from publishing.publish import rebuild
from research.models import PublicationFile, PublicationPage
from tests.factories import make_document, make_image, make_page

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

NEVER = "/media/images/never-existed.fill-480x270.jpg"
# Request headers, none of which may reveal a file that is not public.
ASKED: tuple[dict[str, str], ...] = ({}, {"Range": "bytes=0-9"}, {"If-None-Match": "*"}, {"If-Range": '"x"'})


def release_with_files(live: bool = True, **fields: Any) -> PressReleasePage:
    """Create a release with a picture cleared for the press, and a document that its text links to."""
    image = make_image(credit="IOM 2026 / Name", cleared_for_press=True)
    document = make_document()
    text = f'<p><a linktype="document" id="{document.pk}">Data</a></p>'
    body = [{"type": "rich_text", "value": text}]
    page = make_page(PressReleasePage, "en", live=False, body=body, **fields)
    page.pictures = [ReleasePicture(image=image, alt="What it shows")]
    revision = page.save_revision()
    if live:
        revision.publish()
    found: PressReleasePage = PressReleasePage.objects.get(pk=page.pk)
    found.image, found.document = image, document
    return found


def addresses(page: Any) -> list[str]:
    """Return the addresses of all files of the page: the document by number and by path, the original, every size."""
    # Includes the admin's own sizes.
    renditions = page.image.get_renditions(*ALL_RENDITIONS, "max-165x165", "max-800x600")
    sizes = [rendition.url for rendition in renditions.values()]
    return [page.document.url, page.document.file.url, page.image.file.url, *sizes]


def answer(client: Client, address: str, method: str = "get", **headers: str) -> tuple[int, dict[str, str], bytes]:
    response = getattr(client, method)(address, headers=headers)
    body = response.getvalue() if response.streaming else response.content
    return response.status_code, dict(response.items()), body


def assert_never_existed(client: Client, *files: str) -> None:
    """Fail unless the addresses answer like one that never existed, also with other headers (except for most sizes)."""
    for method in ("get", "head"):
        for headers in ASKED:
            asked = [file for file in files if not headers or not re.search(r"\.(?:fill|width)-", file)]
            expected = answer(client, NEVER, method, **headers) if asked else None
            for address in asked:
                assert answer(client, address, method, **headers) == expected, address


def assert_public(client: Client, address: str) -> None:
    status, headers, body = answer(client, address)
    assert status == 200, address
    assert headers["Cache-Control"].startswith("public, max-age=")
    assert "s-maxage=1" in headers["Cache-Control"]
    assert "Vary" not in headers
    assert answer(client, address, Range="bytes=2-5")[0::2] == (206, body[2:6])
    status, unchanged, _ = answer(client, address, **{"If-None-Match": headers["ETag"]})
    assert (status, unchanged["Cache-Control"]) == (304, headers["Cache-Control"])
    assert answer(client, address, **{"If-Modified-Since": headers["Last-Modified"]})[0] == 304
    assert answer(client, address, "head") == (200, headers, b"")


def drafted() -> PressReleasePage:
    return release_with_files(live=False)


def embargoed() -> PressReleasePage:
    page = release_with_files(live=False)
    set_embargo(page.translation_key, timezone.now() + timedelta(hours=1))
    page.save_revision().publish()
    return page


def unpublished() -> PressReleasePage:
    page = release_with_files()
    page.unpublish()
    return page


def deleted() -> PressReleasePage:
    page = release_with_files()
    Page.objects.get(pk=page.pk).delete()
    return page


def restricted() -> PressReleasePage:
    page = release_with_files()
    PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.LOGIN)
    return page


def below_a_restricted_page() -> PressReleasePage:
    page = release_with_files()
    restriction = {"restriction_type": PageViewRestriction.PASSWORD, "password": "x"}
    PageViewRestriction.objects.create(page=page.get_parent(), **restriction)
    return page


def expired_a_moment_ago() -> PressReleasePage:
    """Create a release that has expired, before the site has noticed: its page is unchanged."""
    page = release_with_files(expire_at=timezone.now() + timedelta(hours=1))
    from publishing.models import PublishedDocument

    past = timezone.now() - timedelta(milliseconds=1)
    PublishedDocument.objects.filter(content_id=page.translation_key).update(expires_at=past)
    return page


def shown_no_more() -> PressReleasePage:
    page = release_with_files()
    page.pictures, page.body = [], []
    page.save_revision().publish()
    return page


HIDDEN: list[Callable[[], PressReleasePage]] = [
    drafted, embargoed, unpublished, deleted, restricted, below_a_restricted_page, expired_a_moment_ago, shown_no_more,
]  # fmt: skip


@pytest.mark.parametrize("hidden", HIDDEN)
def test_what_nothing_public_shows_answers_as_an_address_that_never_existed(
    client: Client, hidden: Callable[[], PressReleasePage]
) -> None:
    assert_never_existed(client, *addresses(hidden()))


def test_what_something_public_shows_is_public_and_cacheable(client: Client) -> None:
    for address in addresses(release_with_files()):
        assert_public(client, address)


def test_files_come_back_with_the_page(client: Client) -> None:
    page = release_with_files()
    page.unpublish()
    assert_never_existed(client, page.document.url)
    PressReleasePage.objects.get(pk=page.pk).save_revision().publish()
    for address in addresses(page):
        assert_public(client, address)


def test_one_public_page_of_several_is_enough(client: Client) -> None:
    page = release_with_files()
    other = make_page(NewsPage, "fr", lead_image=page.image, lead_image_alt="Image")
    page.unpublish()
    document, path, original, *sizes = addresses(page)
    assert_never_existed(client, document, path, original)
    for address in sizes:
        assert_public(client, address)
    other.unpublish()
    assert_never_existed(client, *sizes)


def test_an_original_is_public_only_where_the_press_is_offered_it(client: Client) -> None:
    image = make_image(credit="IOM 2026 / Name", cleared_for_press=True)
    make_page(NewsPage, "en", lead_image=image, lead_image_alt="x")
    assert_never_existed(client, image.file.url)
    assert_never_existed(client, image.get_rendition("original").url)
    assert_public(client, image.get_rendition("fill-480x270|format-jpeg").url)


@pytest.mark.parametrize("by_editor", [True, False])
def test_a_picture_that_loses_its_clearance_is_gone_at_once(client: Client, by_editor: bool) -> None:
    page = release_with_files()
    image: ContentImage = page.image
    assert_public(client, image.file.url)
    if by_editor:
        image.cleared_for_press = False
        image.save()
    else:
        ContentImage.objects.filter(pk=image.pk).update(cleared_for_press=False)
    assert_never_existed(client, image.file.url)


def test_the_files_of_a_deleted_picture_and_document_are_gone(client: Client) -> None:
    page = release_with_files()
    found = addresses(page)
    page.image.delete()
    page.document.delete()
    assert_never_existed(client, *found)


def test_the_portrait_of_a_listed_spokesperson_is_public_while_a_press_room_is(client: Client) -> None:
    image = make_image()
    texts = dict.fromkeys(("ar", "en", "fr"), "Name")
    person = Spokesperson.objects.create(picture=image, languages=["ar"], names=texts, roles=texts)
    address = image.get_rendition("fill-160x160|format-jpeg").url
    assert address in client.get("/en/press/").content.decode()
    assert_public(client, address)
    assert_never_existed(client, image.file.url)
    person.is_listed = False
    person.save()
    assert_never_existed(client, address)
    person.is_listed = True
    person.save()
    for room in PressRoomPage.objects.all():
        room.unpublish()
    assert_never_existed(client, address)


def shown_in(client: Client, *pages: str) -> Iterator[str]:
    for page in pages:
        html = client.get(page).content.decode()
        for part in html.replace("&quot;", '"').replace(", ", '"').replace(" ", '"').split('"'):
            if part.startswith(("/media/", "/documents/")):
                yield part


def test_everything_that_the_site_shows_is_public(client: Client) -> None:
    pages = [page.url for page in Page.objects.filter(depth__gt=1, live=True).only("url_path")]
    found = set(shown_in(client, *pages))
    assert len(found) > 100
    wrong = {address: status for address in found if (status := answer(client, address)[0]) != 200}
    assert not wrong


def test_everything_that_the_api_shows_is_public(client: Client) -> None:
    found: set[str] = set()
    for locale in ("ar", "en", "fr"):
        for form in ("items", "feeds/news.json", "feeds/press-releases.json", "feeds/publications.json"):
            query = f"locale={locale}" + ("&view=full&limit=100" if form == "items" else "")
            text = client.get(f"/api/v1/{form}?{query}").content.decode()
            found |= {part.split("\\")[0] for part in text.split('"') if "/media/" in part or "/documents/" in part}
    found = {address for address in found if address.startswith("http") and " " not in address}
    assert len(found) > 50
    wrong = {address: status for address in found if (status := answer(client, address)[0]) != 200}
    assert not wrong


# Who else may see it


def test_staff_see_what_is_not_public_and_nobody_keeps_it(editor_client: Client) -> None:
    for address in addresses(drafted()):
        status, headers, body = answer(editor_client, address)
        assert (status, headers["Cache-Control"]) == (200, "private, no-store")
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert answer(editor_client, address, Range="bytes=2-5")[0::2] == (206, body[2:6])


def test_staff_without_a_right_in_the_collection_see_nothing(client: Client) -> None:
    officer = User.objects.create_user("officer", "officer@example.org", "a password of the tests")
    officer.groups.add(press_officers_group())
    client.force_login(officer)
    for address in addresses(drafted()):
        assert answer(client, address) == answer(client, NEVER)


def test_an_account_without_the_admin_sees_nothing(client: Client) -> None:
    client.force_login(User.objects.create_user("reader", "reader@example.org", "a password of the tests"))
    for address in addresses(drafted()):
        assert answer(client, address) == answer(client, NEVER)


def test_a_preview_shows_its_pictures_to_staff(editor_client: Client) -> None:
    image = make_image()
    page = make_page(NewsPage, "en", live=False, lead_image=image, lead_image_alt="x")
    preview = editor_client.get(f"/admin/pages/{page.pk}/view_draft/").content.decode()
    address = image.get_rendition("fill-480x270|format-jpeg").url
    assert address in preview
    assert answer(editor_client, address)[0] == 200
    assert_never_existed(Client(), address)


# Private collections


def private_collection(kind: str = CollectionViewRestriction.LOGIN, **fields: Any) -> Collection:
    collection: Collection = Collection.get_first_root_node().add_child(name="Private")
    CollectionViewRestriction.objects.create(collection=collection, restriction_type=kind, **fields)
    return collection


def pages_with(document: ContentDocument) -> list[Any]:
    text = f'<p><a linktype="document" id="{document.pk}">The words of the link</a></p>'
    listed = {"title": "", "files": [{"document": document.pk, "title": ""}]}
    body = [{"type": "rich_text", "value": text}, {"type": "documents", "value": listed}]
    publication = make_page(PublicationPage, "en", body=body)
    publication.files = [PublicationFile(document=document, language="en")]
    publication.save_revision().publish()
    return [publication, make_page(NewsPage, "en", body=body)]


def said_of(client: Client, page: Any) -> str:
    item = client.get(f"/api/v1/items/{page.translation_key}?locale=en").content.decode()
    feeds = [client.get(f"/api/v1/feeds/{name}.json?locale=en").content.decode() for name in ("news", "publications")]
    return "\n".join([client.get(page.url).content.decode(), item, *feeds])


@pytest.mark.parametrize("kind", ["login", "password", "groups"])
def test_a_document_of_a_private_collection_is_not_linked_to_and_not_served(client: Client, kind: str) -> None:
    collection = private_collection(kind, **({"password": "x"} if kind == "password" else {}))
    document = make_document(title="Secret title", collection=collection)
    for page in pages_with(document):
        said = said_of(client, page)
        assert "The words of the link" in said
        assert document.filename not in said
        assert document.title not in said
    assert_never_existed(client, document.url)
    assert_never_existed(client, document.file.url)


def test_a_document_is_linked_to_again_when_its_collection_is_public(client: Client) -> None:
    collection = private_collection()
    document = make_document(collection=collection)
    pages = pages_with(document)
    CollectionViewRestriction.objects.all().delete()
    assert all(said_of(client, page).count(document.url) > 2 for page in pages)
    assert_public(client, document.url)
    CollectionViewRestriction.objects.create(collection=collection, restriction_type="login")
    assert not any(document.filename in said_of(client, page) for page in pages)
    assert not rebuild()
    document.collection = Collection.get_first_root_node()
    document.save()
    assert all(document.url in said_of(client, page) for page in pages)


def test_who_meets_the_rule_of_a_private_collection_gets_the_document(editor: User, client: Client) -> None:
    group = Group.objects.create(name="Partners")
    collection = private_collection("groups")
    CollectionViewRestriction.objects.get().groups.add(group)
    document = make_document(collection=collection)
    client.force_login(editor)
    assert answer(client, document.url) == answer(client, NEVER)
    editor.groups.add(group)
    status, headers, _ = answer(client, document.url)
    assert (status, headers["Cache-Control"]) == (200, "private, no-store")


# Other addresses that may not lead there


@pytest.mark.parametrize(
    "address",
    [
        "/documents/{0.pk}/x/{0.filename}",
        "/documents/٢/{0.filename}",
        "/media/documents/../{0.file.name}",
        "/media//{0.file.name}",
        "/media/./{0.file.name}",
        "/media/{0.file.name}/",
        "/media/documents/",
        "/media/",
        "/media/%00",
        "/media/documents/" + "a" * 5000,
        "/documents/99999999999999999999999/{0.filename}",
    ],
)
def test_other_ways_to_write_an_address_lead_nowhere(client: Client, address: str) -> None:
    page = drafted()
    for written in (address.format(page.document), address.format(page.document).replace("٢", "٣")):
        assert client.get(written).status_code in (400, 404)


def test_arabic_digits_are_no_way_around(client: Client) -> None:
    page = drafted()
    digits = str(page.document.pk).translate(str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩"))
    assert client.get(f"/documents/{digits}/{page.document.filename}").status_code == 404


def test_a_file_that_is_lost_is_not_found(client: Client) -> None:
    page = release_with_files()
    for address, file in ((page.document.url, page.document.file), (page.image.file.url, page.image.file)):
        file.storage.delete(file.name)
        assert client.get(address).status_code == 404


# Costs


def test_the_check_reads_no_more_at_ten_times_the_data(client: Client) -> None:
    page = release_with_files()
    address = addresses(page)[-1]

    def queries() -> list[str]:
        with CaptureQueriesContext(connection) as captured:
            assert answer(client, address)[0] == 200
        return [query["sql"] for query in captured]

    few = queries()
    assert len(few) == 2
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            for query in few:
                cursor.execute(f"EXPLAIN QUERY PLAN {query}")
                plan = [row[-1] for row in cursor.fetchall()]
                assert not any(step.startswith("SCAN") for step in plan), plan
    for _ in range(10):
        make_page(NewsPage, "en", lead_image=page.image, lead_image_alt="x")
    assert len(queries()) == 2


def test_an_html_file_is_never_shown_as_a_page_of_the_site(client: Client) -> None:
    document = ContentDocument.objects.create(title="x", file=ContentFile(b"<script>alert(1)</script>", name="x.txt"))
    pages_with(document)
    _, headers, _ = answer(client, document.url)
    assert headers["Content-Disposition"].startswith("attachment")
    assert headers["Content-Security-Policy"] == "default-src 'none'; frame-ancestors 'self'; sandbox"
    assert headers["Content-Type"] == "text/plain; charset=utf-8"
    assert "Content-Language" not in headers


def test_who_has_the_password_of_a_page_sees_its_files(client: Client) -> None:
    page = release_with_files()
    restriction = PageViewRestriction.objects.create(page=page, restriction_type="password", password="open")
    other = drafted()
    assert_never_existed(client, *addresses(page))
    form = {"password": "open", "return_url": page.url}
    client.post(f"/en/_util/authenticate_with_password/{restriction.pk}/{page.pk}/", form)
    for address in addresses(page):
        status, headers, _ = answer(client, address)
        assert (status, headers["Cache-Control"]) == (200, "private, no-store"), address
    for address in addresses(other):
        assert answer(client, address) == answer(client, NEVER)


def test_the_link_to_a_draft_shows_its_pictures_to_whom_it_was_given_and_to_nobody_else(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = drafted()
    text = client.get(preview_link(page, User.objects.get_or_create(username="a-maker")[0])).content.decode()
    given = [part for part in text.replace("\\", "").split('"') if "?preview=" in part and " " not in part]
    assert {address.partition("?")[0].removeprefix("http://testserver") for address in given} <= set(addresses(page))
    for address in given:
        status, headers, _ = answer(client, address)
        assert (status, headers["Cache-Control"]) == (200, "private, no-store"), address
        plain, _, signature = address.partition("?preview=")
        assert_never_existed(client, plain)
        assert answer(client, f"{plain}?preview=x{signature}")[0] == 404
    assert len(given) > 2
    elsewhere = addresses(drafted())[0]
    assert answer(client, f"{elsewhere}?{given[0].partition('?')[2]}")[0] == 404
    text = client.get(preview_link(page, User.objects.get_or_create(username="a-maker")[0])).content.decode()
    later = time.time() + timedelta(hours=1, seconds=1).total_seconds()
    monkeypatch.setattr(time, "time", lambda: later)
    assert {answer(client, address)[0] for address in given} == {404}


@pytest.mark.parametrize("kind", ["page", "document"])
@pytest.mark.parametrize("number", ["None", "", "-1", "\u00b2", "\u0663", "9" * 30, "1;2"])
def test_a_link_to_what_is_no_id_leads_nowhere(client: Client, kind: str, number: str) -> None:
    page = make_page(StandardPage, "en")
    page.body = [("rich_text", f'<p><a linktype="{kind}" id="{number}">The words of the link</a></p>')]
    page.save_revision().publish()
    assert "<a>The words of the link</a>" in client.get(page.url).content.decode()
