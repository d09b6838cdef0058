"""Subscriptions to press releases by e-mail: requested, confirmed, sent once, cancelled with one click."""

from __future__ import annotations

import re
from datetime import timedelta
from email.utils import parseaddr
from typing import Any
from uuid import uuid4

import pytest
from django.core import mail
from django.core.mail import EmailMultiAlternatives
from django.db import connection
from django.test import Client
from django.utils import timezone
from lxml import html

from core.models import OfficeSettings, Topic
from mailing.models import OutgoingMessage
from mailing.sending import MailSender
from press.releases.page import PressReleasePage
from press.releases.parts import ReleaseContact
from press.subscriptions.actions import delete_unconfirmed
from press.subscriptions.announcements import announce_releases
from press.subscriptions.models import ReleaseAnnouncement, Subscription
from tests.factories import make_page

pytestmark = pytest.mark.django_db

ADDRESS = "reader@example.org"
ONE_CLICK = {"List-Unsubscribe": "One-Click"}


def send_all() -> list[EmailMultiAlternatives]:
    """Do the worker's sending, and return the mails sent."""
    while announce_releases():
        pass
    mail.outbox.clear()
    sender = MailSender()
    while sender():
        pass
    return list(mail.outbox)  # type: ignore[arg-type]


def ask(client: Client, language: str = "en", email: str = ADDRESS, **fields: Any) -> Any:
    return client.post(f"/{language}/press-releases-by-email/", {"email": email, "language": language, **fields})


def link_in(message: EmailMultiAlternatives) -> str:
    found = re.search(r"http://testserver(/\S+)", str(message.body))
    assert found
    return found[1]


def subscribed(client: Client, language: str = "en", email: str = ADDRESS, **fields: Any) -> None:
    ask(client, language, email, **fields)
    message = next(message for message in send_all() if message.to == [email])
    assert client.post(link_in(message)).status_code == 200


def new_release(language: str = "en", **fields: Any) -> PressReleasePage:
    page: PressReleasePage = make_page(PressReleasePage, language, date=timezone.localdate(), **fields)
    return page


@pytest.mark.parametrize("language", ["ar", "en", "fr"])
def test_an_address_is_subscribed_only_from_its_own_mailbox(client: Client, language: str) -> None:
    assert client.get(f"/{language}/press-releases-by-email/").status_code == 200
    response = ask(client, language)
    assert response["Location"] == f"/{language}/press-releases-by-email/asked/"
    assert client.get(response["Location"]).status_code == 200
    (message,) = send_all()
    assert message.extra_headers["Auto-Submitted"] == "auto-generated"
    assert f'dir="{"rtl" if language == "ar" else "ltr"}"' in str(message.alternatives[0][0])
    link = link_in(message)
    assert client.get(link).status_code == 200
    assert Subscription.objects.get().confirmed_at is None, "a program that opens links does not confirm"
    assert client.post(link).status_code == 200
    assert Subscription.objects.get().confirmed_at is not None
    assert client.post(link).status_code == 200, "a second click does no harm"


@pytest.mark.parametrize("language", ["ar", "en", "fr"])
def test_a_release_is_mailed_once_to_each_subscriber_of_its_language(client: Client, language: str) -> None:
    subscribed(client, language)
    subscribed(client, language, "other@example.org")
    subscribed(client, "fr" if language == "en" else "en", "elsewhere@example.org")
    release = new_release(language)
    sent = send_all()
    assert sorted(message.to[0] for message in sent) == ["other@example.org", ADDRESS]
    message = next(message for message in sent if message.to == [ADDRESS])
    text, rich = str(message.body), str(message.alternatives[0][0])
    assert message.subject == release.title
    assert f"http://testserver{release.url}" in text
    assert release.dateline in text
    assert f'<html lang="{language}" dir="{"rtl" if language == "ar" else "ltr"}">' in rich
    assert message.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    release.dateline = "Elsewhere"
    release.save_revision().publish()
    release.unpublish()
    release.save_revision().publish()
    assert send_all() == []


@pytest.mark.parametrize("language", ["ar", "en", "fr"])
def test_every_mail_comes_from_the_office_by_its_name(client: Client, language: str) -> None:
    office = OfficeSettings.objects.get(locale__language_code=language)
    ask(client, language)
    (question,) = send_all()
    client.post(link_in(question))
    new_release(language)
    (announced,) = send_all()
    assert [parseaddr(message.from_email)[0] for message in (question, announced)] == [office.name] * 2


def test_numbers_stand_in_order_in_an_arabic_release_by_mail(client: Client) -> None:
    subscribed(client, "ar")
    phone = "+20 2 2736 5140"
    contact = ReleaseContact(name="ليلى", role="المكتب الصحفي", email="desk@example.org", phone=phone)
    new_release("ar", title=f"اتصلوا بالرقم {phone} اليوم", summary=f"الرقم {phone} مفتوح", contacts=[contact])
    (message,) = send_all()
    isolated = f"\u2068{phone}\u2069"
    assert isolated in message.subject
    assert str(message.body).count(isolated) == str(message.body).count(phone) == 3
    rich = str(message.alternatives[0][0])
    assert rich.count(f'<bdi dir="ltr">{phone}</bdi>') == rich.count(phone) == 3
    assert "ليلى، المكتب الصحفي" in str(message.body)


def test_only_those_who_chose_a_topic_or_none_get_its_releases(client: Client) -> None:
    subscribed(client, email="all@example.org")
    subscribed(client, email="health@example.org", topics=["migration-health", "research-and-data"])
    subscribed(client, email="borders@example.org", topics=["border-management"])
    new_release(topics=list(Topic.objects.filter(slug__in=["migration-health", "emergency-response"])))
    assert sorted(message.to[0] for message in send_all()) == ["all@example.org", "health@example.org"]
    new_release()
    assert [message.to for message in send_all()] == [["all@example.org"]]


def test_what_came_out_before_somebody_subscribed_or_long_ago_is_not_mailed(client: Client) -> None:
    new_release()
    subscribed(client)
    make_page(PressReleasePage, "en", date=timezone.localdate() - timedelta(days=8))
    assert send_all() == []


def test_an_embargoed_release_is_mailed_when_it_is_public_and_not_before(client: Client) -> None:
    subscribed(client)
    page = new_release(live=False)
    assert send_all() == []
    page.save_revision().publish()
    assert len(send_all()) == 1


@pytest.mark.slow
def test_more_subscribers_than_fit_into_one_part_all_get_one_mail() -> None:
    for number in range(205):
        Subscription.objects.create(
            email=f"{number}@example.org", address_digest=str(number), language="en", confirmed_at=timezone.now()
        )
    new_release()
    sent = send_all()
    assert len({message.to[0] for message in sent}) == len(sent) == 205
    assert all(announcement.finished_at for announcement in ReleaseAnnouncement.objects.all())


def test_one_click_ends_the_subscription_without_a_page_a_cookie_or_a_redirect(client: Client) -> None:
    subscribed(client)
    new_release()
    (message,) = send_all()
    link = message.extra_headers["List-Unsubscribe"].strip("<>").removeprefix("http://testserver")
    strict = Client(enforce_csrf_checks=True)
    assert strict.get(link).status_code == 200
    assert Subscription.objects.count() == 1, "looking at the page ends nothing"
    response = strict.post(link, ONE_CLICK)
    assert (response.status_code, response.cookies.output()) == (200, "")
    assert Subscription.objects.count() == 0
    assert strict.post(link, ONE_CLICK).status_code == 200
    new_release()
    assert send_all() == []


def test_what_waits_in_the_outbox_is_not_sent_after_the_end(client: Client) -> None:
    subscribed(client)
    new_release()
    while announce_releases():
        pass
    token = Subscription.objects.get().token
    client.post(f"/en/press-releases-by-email/end/{token}/", ONE_CLICK)
    assert send_all() == []


def test_asking_again_shows_nothing_and_changes_the_topics_once_confirmed(client: Client) -> None:
    first = ask(client)
    client.post(link_in(send_all()[0]))
    second = ask(client, topics=["migration-health"])
    assert (first.status_code, first["Location"], first.content) == (
        second.status_code,
        second["Location"],
        second.content,
    )
    running = Subscription.objects.exclude(confirmed_at=None).get()
    assert list(running.topics.all()) == []
    (message,) = send_all()
    client.post(link_in(message))
    assert [topic.slug for topic in Subscription.objects.get().topics.all()] == ["migration-health"]
    assert Subscription.objects.get() == running


def test_nobody_can_flood_a_mailbox_with_confirmations(client: Client) -> None:
    answers = {ask(client, email=email)["Location"] for email in [ADDRESS] * 5 + [ADDRESS.upper()]}
    assert len(answers) == 1
    assert len(send_all()) == 3


def test_what_is_not_confirmed_in_time_is_forgotten_and_its_link_dead(client: Client) -> None:
    ask(client)
    link = link_in(send_all()[0])
    Subscription.objects.update(created_at=timezone.now() - timedelta(days=3, minutes=1))
    assert (client.get(link).status_code, client.post(link).status_code) == (404, 404)
    assert delete_unconfirmed() == 1
    assert Subscription.objects.count() == 0
    assert delete_unconfirmed() == 0


def test_the_address_is_nowhere_in_the_database_in_clear(client: Client) -> None:
    subscribed(client)
    new_release()
    while announce_releases():
        pass
    with connection.cursor() as cursor:
        for model in (Subscription, OutgoingMessage):
            cursor.execute(f"SELECT * FROM {model._meta.db_table}")  # noqa: S608 -- a name of ours
            stored = str(cursor.fetchall())
            assert stored != "[]"
            assert ADDRESS not in stored


@pytest.mark.parametrize(
    "fields",
    [
        {"email": ""},
        {"email": "not an address"},
        {"email": f"{'x' * 300}@example.org"},
        {"email": "a@example.org\r\nBcc: b@example.org"},
        {"email": ADDRESS, "language": "de"},
        {"email": ADDRESS, "topics": ["no-such"]},
        {"email": "x\x00@example.org"},
    ],
)
def test_wrong_input_is_explained_and_kept(client: Client, fields: dict[str, Any]) -> None:
    response = client.post("/en/press-releases-by-email/", {"language": "en", **fields})
    assert response.status_code == 422
    page = html.fromstring(response.content.decode())
    assert page.xpath("//*[@class='error-summary']//a")
    assert OutgoingMessage.objects.count() == Subscription.objects.count() == 0


def test_a_program_that_fills_in_everything_gets_the_same_answer_and_no_mail(client: Client) -> None:
    refused = ask(client, website="https://example.org")
    assert refused.status_code == 422
    assert "A field that people cannot see was filled in." in refused.content.decode()
    assert Subscription.objects.count() == 0


@pytest.mark.parametrize("step", ["confirm", "end"])
def test_a_link_that_is_not_ours_is_refused_kindly(client: Client, step: str) -> None:
    for token in ("x", "a.b", f"{uuid4().hex}.{'x' * 43}"):
        for response in (
            client.get(f"/fr/press-releases-by-email/{step}/{token}/"),
            client.post(f"/fr/press-releases-by-email/{step}/{token}/"),
        ):
            assert response.status_code == 404
            assert response["Referrer-Policy"] == "no-referrer"
            assert "no-store" in response["Cache-Control"]
