"""The proxy configuration that operators get, tested with a real nginx in front of the real site."""

from __future__ import annotations

import gzip
import http.client
import ssl
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from django.conf import settings
from django.test import Client
from django.test.utils import override_settings

from deploy.nginx.trial import HOST, nginx
from news.models import NewsPage
from tests.clients.live import LiveSite
from tests.factories import make_image, make_page
from tests.integration.test_public_files import addresses, release_with_files

pytestmark = [pytest.mark.django_db, pytest.mark.nginx]

NEVER = "/media/images/never-existed.fill-480x270.jpg"


class Answer(NamedTuple):
    status: int
    headers: dict[str, str]
    body: bytes


class Proxied:
    """The site as a visitor reaches it."""

    def __init__(self, site: LiveSite, port: int, certificate: Path) -> None:
        self.site = site
        context = ssl.create_default_context(cafile=certificate)
        context.check_hostname = False  # the certificate names the site, but requests go to the loopback address
        self._connection = http.client.HTTPSConnection("127.0.0.1", port, context=context, timeout=20)

    def get(self, address: str, method: str = "GET", body: Any = None, **headers: str) -> Answer:
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        self._connection.request(method, address, body=body, headers={"Host": HOST, **named})
        response = self._connection.getresponse()
        return Answer(response.status, dict(response.getheaders()), response.read())

    def close(self) -> None:
        self._connection.close()


@pytest.fixture
def proxied(db: None, tmp_path: Path) -> Iterator[Proxied]:
    behind = {
        "FILES_SENT_BY": "nginx",
        "TRUST_PROXY": True,
        "ALLOWED_HOSTS": [HOST],
        "SECURE_SSL_REDIRECT": True,
        "SECURE_HSTS_SECONDS": 1000,
        "SECURE_PROXY_SSL_HEADER": ("HTTP_X_FORWARDED_PROTO", "https"),
    }
    with override_settings(**behind):
        for site in LiveSite().serve():
            with nginx(tmp_path, site.address.removeprefix("http://"), Path(settings.MEDIA_ROOT)) as port:
                visitor = Proxied(site, port, tmp_path / "certificate.pem")
                yield visitor
                visitor.close()


def kinds(page: Any) -> dict[str, str]:
    document, path, original, *sizes = addresses(page)
    return {"document": document, "document by path": path, "original": original, "size": sizes[0]}


def without_time(answer: Answer) -> tuple[int, dict[str, str], bytes]:
    headers = {name: value for name, value in answer.headers.items() if name not in ("Date", "Connection")}
    return answer.status, headers, answer.body


def assert_never_existed(proxied: Proxied, address: str) -> None:
    for headers in ({}, {"Range": "bytes=0-9"}, {"If_None_Match": "*"}):
        wanted = without_time(proxied.get(NEVER, **headers))
        assert wanted[0] == 404
        assert without_time(proxied.get(address, **headers)) == wanted


def test_every_file_is_sent_whole_in_part_and_not_twice(proxied: Proxied) -> None:
    page = release_with_files()
    for kind, address in kinds(page).items():
        whole = proxied.get(address)
        assert (whole.status, whole.headers["Content-Length"]) == (200, str(len(whole.body))), kind
        assert whole.headers["X-Content-Type-Options"] == "nosniff", kind
        assert whole.headers["Cross-Origin-Resource-Policy"] == "cross-origin", kind
        assert whole.headers["Permissions-Policy"].startswith("accelerometer=()"), kind
        assert whole.headers["Content-Security-Policy"].startswith("default-src 'none'"), kind
        assert whole.headers["Content-Disposition"].startswith(("inline", "attachment")), kind
        assert whole.headers["Strict-Transport-Security"].startswith("max-age=1000"), kind
        assert whole.headers["Cache-Control"].startswith("public, max-age="), kind
        assert not [name for name in whole.headers if name.startswith("X-Accel")], kind
        assert "Content-Language" not in whole.headers, kind
        part = proxied.get(address, Range="bytes=3-7")
        assert (part.status, part.body) == (206, whole.body[3:8]), kind
        for known in ({"If_None_Match": whole.headers["ETag"]}, {"If_Modified_Since": whole.headers["Last-Modified"]}):
            assert proxied.get(address, **known).status == 304, kind
        head = proxied.get(address, "HEAD")
        assert (head.status, head.headers["Content-Length"], head.body) == (200, str(len(whole.body)), b""), kind
    assert proxied.get(page.document.url).body == b"a,b\n1,2\n"
    assert proxied.get(page.document.url).headers["Content-Type"] == "text/csv; charset=utf-8"


def test_documents_and_originals_are_gone_at_once_and_pictures_within_a_second(proxied: Proxied) -> None:
    page = release_with_files()
    for address in kinds(page).values():
        assert proxied.get(address).status == 200
    page.unpublish()
    withdrawn = time.monotonic()
    for kind, address in kinds(page).items():
        if kind != "size":
            assert_never_existed(proxied, address)
    while proxied.get(kinds(page)["size"]).status == 200:
        assert time.monotonic() - withdrawn < 5
        time.sleep(0.02)
    for address in addresses(page):
        assert_never_existed(proxied, address)


def test_a_picture_that_nobody_asked_for_in_a_while_is_not_sent_from_the_cache(proxied: Proxied) -> None:
    page = release_with_files()
    address = kinds(page)["size"]
    assert proxied.get(address).status == 200
    time.sleep(1.1)
    page.unpublish()
    assert_never_existed(proxied, address)


def test_the_application_is_asked_about_a_picture_once_a_second_and_sends_it_once(proxied: Proxied) -> None:
    address = kinds(release_with_files())["size"]
    proxied.get(address)
    proxied.site.answered.clear()
    began = time.monotonic()
    while time.monotonic() - began < 2:
        assert proxied.get(address).status == 200
    asked = [answered.status for answered in proxied.site.answered if answered.path == address]
    assert len(asked) <= 3
    assert set(asked) == {304}


def test_what_staff_see_reaches_nobody_else(proxied: Proxied, editor_client: Client) -> None:
    page = release_with_files(live=False)
    session = f"sessionid={editor_client.cookies['sessionid'].value}"
    for kind, address in kinds(page).items():
        seen = proxied.get(address, Cookie=session)
        assert (seen.status, seen.headers["Cache-Control"]) == (200, "private, no-store"), kind
        assert_never_existed(proxied, address)


def test_a_picture_that_staff_saw_becomes_public_for_everybody(proxied: Proxied, editor_client: Client) -> None:
    image = make_image()
    page = make_page(NewsPage, "en", live=False, lead_image=image, lead_image_alt="x")
    address = image.get_rendition("fill-480x270|format-jpeg").url
    session = f"sessionid={editor_client.cookies['sessionid'].value}"
    assert proxied.get(address, Cookie=session).status == 200
    page.save_revision().publish()
    assert proxied.get(address).headers["Cache-Control"].startswith("public")
    assert proxied.get(address, Cookie=session).headers["Cache-Control"].startswith("public")


@pytest.mark.parametrize(
    "address",
    ["/_stored_files/{}", "/_stored_files/../_stored_files/{}", "/media/../_stored_files/{}", "//_stored_files/{}"],
)
def test_the_folder_is_reached_by_no_address(proxied: Proxied, address: str) -> None:
    page = release_with_files()
    for file in (page.document.file, page.image.file):
        assert proxied.get(address.format(file.name)).status == 404


def test_a_file_that_is_lost_answers_as_an_address_that_never_existed(proxied: Proxied) -> None:
    page = release_with_files()
    for kind, file in (("document", page.document.file), ("original", page.image.file)):
        file.storage.delete(file.name)
        found = proxied.get(kinds(page)[kind])
        assert (found.status, found.body) == (404, proxied.get(NEVER).body)


def test_the_application_learns_who_asks_from_the_proxy_alone(proxied: Proxied) -> None:
    proxied.get(
        "/en/",
        X_Forwarded_For="203.0.113.9",
        X_Forwarded_Proto="http",
        X_Forwarded_Host="evil.example",
        Forwarded="for=203.0.113.9",
        X_Real_IP="203.0.113.9",
    )
    seen = proxied.site.headers[-1]
    assert seen["HTTP_X_FORWARDED_FOR"] == "127.0.0.1"
    assert seen["HTTP_X_FORWARDED_PROTO"] == "https"
    assert seen["HTTP_HOST"] == HOST
    assert not {"HTTP_X_FORWARDED_HOST", "HTTP_FORWARDED", "HTTP_X_REAL_IP"} & set(seen)


def test_json_is_compressed_and_a_large_upload_is_refused(proxied: Proxied) -> None:
    answer = proxied.get("/api/v1/items?locale=en", Accept_Encoding="gzip")
    assert answer.headers["Content-Encoding"] == "gzip"
    assert b'"items"' in gzip.decompress(answer.body)
    assert proxied.get("/admin/", "POST", body=b"x" * 26 * 1024 * 1024).status == 413


def test_a_page_is_shown_with_its_pictures(proxied: Proxied) -> None:
    page = NewsPage.objects.filter(live=True, locale__language_code="en").exclude(lead_image=None).first()
    assert page
    html = proxied.get(page.url).body.decode()
    pictures = {part for part in html.replace(", ", '"').replace(" ", '"').split('"') if part.startswith("/media/")}
    assert pictures
    assert {proxied.get(address).status for address in pictures} == {200}
