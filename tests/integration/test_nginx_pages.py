"""Pages through the proxy configuration that operators get: kept there too, and as fresh as from the application."""

from __future__ import annotations

import http.client
import re
import ssl
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client
from pytest_django.plugin import DjangoDbBlocker
from wagtail.models import PageViewRestriction

from accounts.models import User
from accounts.roles import communications_group
from deploy.nginx.trial import nginx
from news.models import NewsPage
from tests.factories import make_page
from tests.kept_pages import Answer, KeptSite, kept_site

pytestmark = pytest.mark.nginx

HOME, NEWS = "/en/", "/en/news/"


class ProxiedSite(KeptSite):
    """The site as visitors reach it; the application answers to the name of this machine alone."""

    def __init__(self, behind: KeptSite, port: int, certificate: Path) -> None:
        super().__init__(behind.server, behind.folder)
        self.port = port
        self.context = ssl.create_default_context(cafile=certificate)
        self.context.check_hostname = False

    def ask(self, address: str, method: str = "GET", body: str | None = None, **headers: str) -> Answer:
        link = http.client.HTTPSConnection("127.0.0.1", self.port, context=self.context, timeout=60)
        sent = {"Host": "localhost", **{name.replace("_", "-"): value for name, value in headers.items()}}
        link.request(method, address, body=body, headers=sent)
        response = link.getresponse()
        answer = Answer(response.status, dict(response.getheaders()), response.read())
        link.close()
        return answer


@pytest.fixture(scope="module")
def site(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[ProxiedSite]:
    folder = tmp_path_factory.mktemp("proxied")
    with (
        django_db_blocker.unblock(),
        kept_site(tmp_path_factory.mktemp("behind"), FILES_SENT_BY="nginx", TRUST_PROXY="true") as behind,
        nginx(folder, behind.server.place, Path(settings.MEDIA_ROOT)) as port,
    ):
        yield ProxiedSite(behind, port, folder / "certificate.pem")


def test_each_reader_gets_the_bytes_that_were_asked_for(site: ProxiedSite) -> None:
    plain, packed = site.ask(HOME), site.ask(HOME, Accept_Encoding="gzip")
    assert packed.headers["Content-Encoding"] == "gzip"
    assert packed.text == plain.text
    assert site.ask(HOME, Accept_Encoding="gzip, deflate, br, zstd").headers["Content-Encoding"] == "br"
    assert site.ask(HOME, Accept_Encoding="gzip, br;q=0").headers["Content-Encoding"] == "gzip"
    assert site.ask(HOME, Accept_Encoding="br").headers["Content-Encoding"] == "br"
    assert "Content-Encoding" not in site.ask(HOME).headers
    assert "<picture" not in site.ask(HOME, Save_Data="on").text
    assert "<picture" in site.text(HOME)
    assert site.ask(HOME, Cookie="_ga=1").body == plain.body
    tag = packed.headers["ETag"]
    assert site.ask(HOME, Accept_Encoding="gzip", If_None_Match=tag).status == 304
    head = site.ask(HOME, "HEAD")
    assert (head.status, head.body) == (200, b"")
    for answer in (plain, packed, head):
        assert answer.headers["Cache-Control"] == "public, no-cache"
        assert not [name for name in answer.headers if name.startswith("X-Accel")]


def test_nobody_gets_what_was_made_for_another(site: ProxiedSite) -> None:
    user = User.objects.create_user("behind-the-proxy", "proxy@example.org")
    user.groups.add(communications_group())
    staff = Client()
    staff.force_login(user)
    session = f"sessionid={staff.cookies['sessionid'].value}"
    private = make_page(NewsPage, "en", title="For staff alone")
    PageViewRestriction.objects.create(page=private, restriction_type="login")
    time.sleep(1)
    assert site.ask(private.url, Cookie=session).status == 200
    assert site.ask(private.url).status == 302
    assert "ETag" not in site.ask(HOME, Cookie=session).headers
    assert "ETag" in site.ask(HOME).headers
    form = [site.text("/en/press/inquiry/") for _ in range(3)]
    assert len({re.findall(r'name="stamp"[^>]*value="([^"]+)"', page)[0] for page in form}) == 3
    assert site.ask("/", Accept_Language="fr").headers["Location"] == "/fr/"
    assert site.ask("/", Accept_Language="ar").headers["Location"] == "/ar/"


def test_what_is_published_and_withdrawn_shows_soon(site: ProxiedSite) -> None:
    page = make_page(NewsPage, "en", title="As the proxy knew it")
    site.warm(page.url, NEWS, HOME)
    page.title = "As it is behind the proxy"
    page.save_revision().publish()
    time.sleep(1)  # the second in which the proxy does not ask
    for address in (page.url, NEWS, HOME):
        site.soon(address, lambda answer: "As it is behind the proxy" in answer.text)
    page.unpublish()
    time.sleep(1)
    site.soon(page.url, lambda answer: answer.status == 404)
    site.soon(NEWS, lambda answer: "As it is behind the proxy" not in answer.text)


def test_readers_keep_pages_while_the_application_is_down(site: ProxiedSite) -> None:
    gone = make_page(NewsPage, "en", title="Withdrawn in time")
    site.warm(HOME, gone.url)
    gone.unpublish()
    time.sleep(2)
    assert site.ask(gone.url).status == 404
    assert site.ask("/api/v1/news").status == 200
    site.server.stop()
    assert site.everywhere(HOME, lambda answer: answer.status == 200)
    assert site.ask(gone.url).status == 404
    assert site.ask("/api/v1/news").status == 502
    site.server.start()
    site.soon("/en/about/", lambda answer: answer.status == 200)
