"""A press inquiry from the form to its confirmation and its mails."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

import pytest
from django.conf import LazySettings
from django.test import Client
from django.utils import timezone
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as some
from lxml import html

from core.models import Topic
from core.places.time_zones import ZONES, zone_name
from press.forms.spam import SENT_AN_HOUR
from press.inquiries.models.inquiry import Inquiry
from press.inquiries.models.records import InquiryEvent
from press.inquiries.page import InquiryPage
from press.staffing.models.desk import Desk, RoutingRule
from tests.hostile_texts import HOSTILE
from tests.press_inquiries import PERSONAL, TYPED, address, queued, secret_in, stamp, typed

pytestmark = pytest.mark.django_db
REQUIRED = ("name", "outlet", "email", "deadline_date", "deadline_time", "topic", "question", "consent")


@pytest.mark.parametrize("language", ["ar", "en", "fr"])
def test_inquiry_is_stored_confirmed_and_acknowledged(client: Client, language: str) -> None:
    response = client.post(address(language), typed(language=language))
    assert response.status_code == 200
    inquiry = Inquiry.objects.get()
    assert inquiry.deadline == datetime(2031, 11, 30, 14, 0, tzinfo=UTC)  # Cairo is two hours ahead in winter
    for name in ("name", "outlet", "email", "phone", "contact_note", "question", "country", "kind", "attribution"):
        assert getattr(inquiry, name) == TYPED[name]
    assert (inquiry.language, inquiry.topic, inquiry.state) == (language, None, "new")
    assert inquiry.reference == f"PR-{inquiry.created_at.year}-{inquiry.pk:04d}"
    assert str(inquiry.reference) in response.content.decode()

    (acknowledgement,) = queued("inquiry-acknowledgement")
    mail = acknowledgement.email()
    assert (mail.to, mail.extra_headers["Auto-Submitted"]) == (["leila@example.org"], "auto-replied")
    text, page = str(mail.body), str(mail.alternatives[0].content)  # type: ignore[attr-defined]
    for said in (inquiry.reference, secret_in(response), "/press-inquiry/"):
        assert str(said) in text
        assert str(said) in page
    assert html.fromstring(page).get("dir") == ("rtl" if language == "ar" else "ltr")

    (announcement,) = queued("inquiry-announcement")
    mail = announcement.email()
    assert mail.to == ["iommenanews@iom.int"]
    assert str(inquiry.reference) in mail.subject
    for personal in PERSONAL:
        assert personal not in f"{mail.subject} {mail.body}"


def test_same_form_sent_twice_gives_the_same_reference(client: Client) -> None:
    form = typed()
    first, second = client.post(address("en"), form), client.post(address("en"), form)
    assert secret_in(first) == secret_in(second)
    assert Inquiry.objects.count() == 1
    assert len(queued("inquiry-acknowledgement")) == 1


def test_readers_of_one_cached_page_have_inquiries_of_their_own(client: Client) -> None:
    form = typed()
    client.post(address("en"), form)
    client.post(address("en"), form | {"email": "other@example.org"})
    assert Inquiry.objects.count() == 2


def test_form_that_was_open_for_days_is_accepted(client: Client) -> None:
    response = client.post(address("en"), typed(stamp=stamp(timedelta(days=400))))
    assert response.status_code == 200
    assert Inquiry.objects.count() == 1


@pytest.mark.parametrize(
    "sent", [{"stamp": stamp(timedelta(0))}, {"stamp": "forged"}, {"stamp": ""}, {"company_address": "x"}]
)
def test_what_looks_like_a_program_is_asked_again_and_loses_nothing(client: Client, sent: dict[str, str]) -> None:
    if sent.get("stamp", "").count(":") > 1:
        sent = {"stamp": stamp(timedelta(0))}
    response = client.post(address("en"), typed(**sent))
    assert (response.status_code, Inquiry.objects.count()) == (422, 0)
    document = html.fromstring(response.content)
    assert document.get_element_by_id("id_question").text == f"\n{TYPED['question']}"
    assert document.get_element_by_id("id_company_address").get("value") is None
    again = document.xpath("string(//input[@name='stamp']/@value)")
    assert again


def test_empty_form_names_every_field_and_links_to_it(client: Client) -> None:
    response = client.post(address("en"), {"stamp": stamp()})
    document = html.fromstring(response.content)
    assert (response.status_code, Inquiry.objects.count()) == (422, 0)
    assert document.findtext(".//title", "").startswith("Error")
    linked = document.xpath("//*[contains(@class,'error-summary')]//a/@href")
    assert {f"#id_{name}" for name in REQUIRED} <= set(linked)
    for name in REQUIRED:
        field = document.get_element_by_id(f"id_{name}")
        assert field.get("aria-invalid") == "true"
        described_by = (field.get("aria-describedby") or "").split()
        assert f"id_{name}_error" in described_by
        assert all(document.get_element_by_id(identifier) is not None for identifier in described_by)


def test_a_choice_that_is_not_offered_is_asked_for_by_its_question(client: Client) -> None:
    for value in ("", "nonsense"):
        response = client.post(address("en"), typed(contact_method=value))
        assert response.status_code == 422
        assert "Choose one of the answers to “How should we reach you?”." in response.content.decode()


def test_nothing_typed_is_lost_when_something_is_wrong(client: Client) -> None:
    response = client.post(address("ar"), typed(email="no address"))
    document = html.fromstring(response.content)
    form = next(form for form in document.forms if form.method == "POST")
    shown = {name: value for name, value in form.fields.items() if value is not None}
    for name, value in (TYPED | {"email": "no address"}).items():
        assert shown[name].strip() == value, name


@pytest.mark.parametrize(
    ("sent", "utc"),
    [
        ({"deadline_date": "2031-07-01"}, datetime(2031, 7, 1, 13, 0, tzinfo=UTC)),
        ({"time_zone": "America/New_York"}, datetime(2031, 11, 30, 21, 0, tzinfo=UTC)),
        ({"deadline_date": "٢٠٣١-١١-٣٠", "deadline_time": "١٦:٠٠"}, datetime(2031, 11, 30, 14, 0, tzinfo=UTC)),
        ({"deadline_date": "30/11/2031", "deadline_time": "16h00"}, datetime(2031, 11, 30, 14, 0, tzinfo=UTC)),
        # 29 October 2026, 23:30 happens twice in Cairo: at +3, then at +2.
        ({"deadline_date": "2026-10-29", "deadline_time": "23:30"}, datetime(2026, 10, 29, 20, 30, tzinfo=UTC)),
    ],
)
def test_deadline_is_a_moment_in_the_journalists_zone(client: Client, sent: dict[str, str], utc: datetime) -> None:
    client.post(address("en"), typed(**sent))
    assert Inquiry.objects.get().deadline == utc


def test_deadline_is_confirmed_by_both_clocks(client: Client) -> None:
    text = client.post(address("en"), typed(time_zone="America/New_York")).content.decode()
    assert "30 November 2031, 16:00" in text
    assert "New York" in text
    assert "30 November 2031, 23:00" in text
    assert "Cairo" in text


def test_city_of_every_zone_is_written_in_the_letters_of_the_language() -> None:
    for zone in ZONES:
        assert re.fullmatch(r"[\u0621-\u0652 ]+", zone_name(zone, "ar")), zone
    assert [zone_name("Asia/Kolkata", language) for language in ("ar", "en", "fr")] == ["كالكتا", "Kolkata", "Calcutta"]


def test_time_that_clocks_leave_out_is_explained(client: Client) -> None:
    response = client.post(address("en"), typed(deadline_date="2026-04-24", deadline_time="00:30"))
    assert (response.status_code, Inquiry.objects.count()) == (422, 0)
    assert "00:30 does not exist there. Enter 01:30" in response.content.decode()


@pytest.mark.parametrize(
    ("day", "hour"),
    [("0001-01-01", "00:00"), ("9999-12-31", "23:59"), ("2026-13-45", "99:99"), ("-1", "now"), ("2026-02-30", "1:1")],
)
def test_deadline_that_cannot_be_is_explained(client: Client, day: str, hour: str) -> None:
    response = client.post(address("ar"), typed(deadline_date=day, deadline_time=hour))
    assert (response.status_code, Inquiry.objects.count()) == (422, 0)


def test_time_that_happens_twice_is_explained(client: Client) -> None:
    with_hint = client.post(address("fr"), typed(deadline_date="2027-10-28", deadline_time="23:30")).content.decode()
    assert "deux fois" in with_hint


@pytest.mark.parametrize("distance", [timedelta(days=-3), timedelta(minutes=20)])
def test_past_or_near_deadline_is_accepted_with_the_advice_to_call(client: Client, distance: timedelta) -> None:
    Desk.objects.create(
        names={"ar": "المناوبة", "en": "Duty", "fr": "Permanence"},
        email="duty@example.org",
        phone="+20 2 1",
        is_duty=True,
    )
    moment = timezone.localtime(timezone.now() + distance)
    form = typed(deadline_date=f"{moment:%Y-%m-%d}", deadline_time=f"{moment:%H:%M}")
    text = client.post(address("en"), form).content.decode()
    assert Inquiry.objects.count() == 1
    assert "Call us now" in text
    assert "+20 2 1" in text
    (acknowledgement,) = queued("inquiry-acknowledgement")
    assert "+20 2 1" in str(acknowledgement.email().body)


def test_first_rule_that_fits_decides_and_the_duty_desk_gets_the_rest(client: Client) -> None:
    def desk(name: str, *, is_duty: bool = False) -> Desk:
        names = dict.fromkeys(("ar", "en", "fr"), name)
        made: Desk = Desk.objects.create(names=names, email=f"{name}@example.org", is_duty=is_duty)
        return made

    duty, lebanon, health = desk("duty", is_duty=True), desk("lebanon"), desk("health")
    topic = Topic.objects.get(slug="migration-health")
    RoutingRule.objects.create(sort_order=2, country="LBN", desk=lebanon)
    RoutingRule.objects.create(sort_order=1, topic=topic, language="fr", desk=health)
    sent = [
        ({"country": "LBN"}, lebanon),
        ({"country": "LBN", "topic": topic.slug, "language": "fr"}, health),
        ({"country": "EGY", "topic": topic.slug, "language": "ar"}, duty),
        ({"country": ""}, duty),
    ]
    for values, expected in sent:
        client.post(address("en"), typed(**values))
        assert Inquiry.objects.latest("pk").desk == expected
    assert queued("inquiry-announcement")[0].email().to == ["lebanon@example.org"]


@pytest.mark.parametrize(
    ("sent", "reason"),
    [
        ({"question": "see http://a.example " * 6}, "many-links"),
        ({"question": "<a href='x'>cheap</a>"}, "markup"),
        ({"outlet": "www.cheap.example"}, "link-in-name"),
    ],
)
def test_what_may_be_spam_is_kept_and_marked_and_mails_nobody(
    client: Client, sent: dict[str, str], reason: str
) -> None:
    answer = client.post(address("en"), typed(**sent))
    assert answer.status_code == 200
    assert "No e-mail goes out before an officer has read your question." in answer.content.decode()
    assert Inquiry.objects.get().suspicion == reason
    assert [message.status for message in queued("inquiry-acknowledgement")] == ["held"]
    assert queued("inquiry-announcement") == []


@pytest.mark.slow
def test_network_that_sends_too_much_is_given_the_telephone_and_loses_nothing(client: Client) -> None:
    Desk.objects.create(
        names={"ar": "المناوبة", "en": "Duty", "fr": "Permanence"},
        email="duty@example.org",
        phone="+20 2 1",
        is_duty=True,
    )
    for _ in range(SENT_AN_HOUR):
        assert client.post(address("en"), typed(), REMOTE_ADDR="8.8.8.8").status_code == 200
    refused = client.post(address("en"), typed(), REMOTE_ADDR="8.8.8.8")
    assert refused.status_code == 429
    assert "+20 2 1" in refused.content.decode()
    assert "How many?" in refused.content.decode()
    assert client.post(address("en"), typed(), REMOTE_ADDR="8.8.4.4").status_code == 200


@pytest.mark.parametrize(
    ("turn", "text"),
    list(enumerate([*HOSTILE["databases"], "x" * 1_000_000, "a\x00b", "\u202eabc\u2066", "😀" * 500, "\ud83d"])),
)
def test_hostile_text_is_accepted_or_explained_in_every_field(client: Client, turn: int, text: str) -> None:
    for name in list(TYPED)[turn % 3 :: 3]:  # each text in a third of the fields, every field with a third of the texts
        response = client.post(address("ar"), typed(**{name: text.encode("utf-8", "replace").decode()}))
        assert response.status_code in ((413,) if len(text) > 100_000 else (200, 422)), name
        assert not set(response.content.decode()) & set("\x00\u202e")
    for inquiry in Inquiry.objects.all():
        stored = f"{inquiry.name}{inquiry.outlet}{inquiry.question}{inquiry.links}"
        assert not set(stored) & set("\x00\u202e\u2066")


@pytest.mark.parametrize("email", ["أحمد@example.org", "é.martin@example.org", "a.ك@خبر.example"])
def test_address_that_no_mail_can_be_sent_to_is_told_why(client: Client, email: str) -> None:
    for place in (address("en"), "/en/press-releases-by-email/"):
        response = client.post(place, typed(email=email))
        assert response.status_code == 422
        assert "We cannot send e-mail to an address with such letters before the @." in response.content.decode()
    assert client.post(address("en"), typed(email="desk@خبر.example")).status_code == 200


def test_secret_code_stays_on_one_line_in_mail(client: Client) -> None:
    secret = secret_in(client.post(address("en"), typed()))
    (acknowledgement,) = queued("inquiry-acknowledgement")
    (code,) = html.fromstring(str(acknowledgement.email().alternatives[0][0])).xpath("//bdi[text()=$s]", s=secret)
    assert code.get("style") == "white-space: nowrap"


def test_line_breaks_in_a_name_begin_no_header(client: Client) -> None:
    client.post(address("en"), typed(name="A\r\nBcc: x@example.org", outlet="B\r\nBcc: y@example.org"))
    for message in [*queued("inquiry-acknowledgement"), *queued("inquiry-announcement")]:
        assert message.email().message()["Bcc"] is None
    refused = client.post(address("en"), typed(email="a@example.org\r\nBcc: x@example.org"))
    assert refused.status_code == 422


@hypothesis_settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(sent=some.dictionaries(some.sampled_from(sorted(TYPED)), some.text(max_size=60)))
@pytest.mark.slow
def test_nothing_that_is_sent_is_an_error_of_the_site(client: Client, sent: dict[str, str]) -> None:
    sent = {name: value.encode("utf-8", "replace").decode() for name, value in sent.items()}
    assert client.post(address("fr"), typed(**sent)).status_code in (200, 422)


@pytest.mark.parametrize("method", ["get", "post"])
def test_answers_leave_no_trace(client: Client, method: str) -> None:
    response = client.get(address("ar")) if method == "get" else client.post(address("ar"), typed())
    assert response.status_code == 200
    assert not response.cookies
    assert "no-store" in response["Cache-Control"]
    assert response["Referrer-Policy"] == "no-referrer"
    assert response["X-Frame-Options"] == "DENY"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert "Server" not in response
    policy = response["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy
    for attribute in html.fromstring(response.content).xpath("//@src | //link[@rel='stylesheet']/@href"):
        assert attribute.startswith("/")


@pytest.mark.parametrize("language", ["ar", "en", "fr"])
def test_press_room_tells_no_other_site_of_the_visit(client: Client, language: str) -> None:
    room = InquiryPage.objects.get(locale__language_code=language).get_parent()
    response = client.get(room.url)
    assert response["Referrer-Policy"] == "no-referrer"
    assert "frame-ancestors 'none'" in response["Content-Security-Policy"]
    assert not response.cookies


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"HTTP_ORIGIN": "https://evil.example"}, 403),
        ({"HTTP_SEC_FETCH_SITE": "cross-site"}, 403),
        ({"HTTP_ORIGIN": "http://testserver"}, 200),
        # What browsers say of a form on a page without a referrer.
        ({"HTTP_ORIGIN": "null"}, 200),
        ({"HTTP_ORIGIN": "null", "HTTP_SEC_FETCH_SITE": "same-origin"}, 200),
        ({}, 200),
    ],
)
def test_form_is_accepted_without_a_cookie_but_not_from_another_site(headers: dict[str, str], status: int) -> None:
    client = Client(enforce_csrf_checks=True, **headers)  # type: ignore[arg-type]
    assert client.post(address("en"), typed()).status_code == status


def test_retention_period_is_said_on_the_form(client: Client, settings: LazySettings) -> None:
    settings.INQUIRY_RETENTION_DAYS = 45
    assert "45 days after" in client.get(address("en")).content.decode()


def test_history_begins_with_the_reception(client: Client) -> None:
    client.post(address("en"), typed())
    (event,) = InquiryEvent.objects.all()
    assert (event.kind, event.user) == ("received", None)
