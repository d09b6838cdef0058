"""The proof of work on the press inquiry form: an inquiry without one is accepted, but causes no mail."""

from __future__ import annotations

from itertools import count
from unittest import mock

import pytest
from django.test import Client
from lxml import html
from pytest_django import Settings
from wagtail.users.models import UserProfile

from accounts.models import User
from mailing.models import OutgoingMessage
from mailing.sending import claim
from press.forms.proof_of_work import is_proof
from press.inquiries import intake
from press.inquiries.models.inquiry import Inquiry
from press.staffing.models.desk import Desk
from tests.integration.test_press_desk import act, officer, page_of
from tests.press_inquiries import TYPED, address, queued, secret_in, stamp, typed

__all__ = ["officer"]

pytestmark = pytest.mark.django_db
BITS = 2


@pytest.fixture(autouse=True)
def switched_on(settings: Settings) -> None:
    settings.INQUIRY_PROOF_OF_WORK = BITS


def solved(challenge: str, *, skip: int = 0) -> str:
    """Return the first proof for a stamp, or a later one after skipping some."""
    proofs = (str(number) for number in count() if is_proof(challenge, str(number)))
    for _ in range(skip):
        next(proofs)
    return next(proofs)


def unsolved(challenge: str) -> str:
    return next(str(number) for number in count() if not is_proof(challenge, str(number)))


def with_proof(**other: str) -> dict[str, str]:
    form = typed()
    return form | {"proof": solved(form["stamp"])} | other


def suspicion_of_newest() -> str:
    return Inquiry.objects.latest("pk").suspicion


def sent_by_worker() -> list[OutgoingMessage]:
    """Return the messages that the worker would send, in its order."""
    found = []
    while message := claim():
        found.append(message)
    return found


@pytest.mark.parametrize("bits", [0, BITS])
def test_the_form_asks_for_the_work_only_where_it_is_switched_on(client: Client, settings: Settings, bits: int) -> None:
    settings.INQUIRY_PROOF_OF_WORK = bits
    document = html.fromstring(client.get(address("ar")).content)
    fields = document.xpath("//form//input[@name='proof'][@data-proof-bits]")
    scripts = [script for script in document.xpath("//script/@src") if "proof" in script]
    assert len(fields) == len(scripts) == (1 if bits else 0)


def test_an_inquiry_without_a_proof_is_as_good_as_any_where_none_is_asked_for(
    client: Client, settings: Settings
) -> None:
    settings.INQUIRY_PROOF_OF_WORK = 0
    client.post(address("en"), typed(proof="1"))
    assert (suspicion_of_newest(), Inquiry.objects.get().proof_digest) == ("", None)


def test_an_inquiry_with_a_proof_is_acknowledged_at_once(client: Client) -> None:
    answer = client.post(address("en"), with_proof())
    assert "is on its way to you" in answer.content.decode()
    assert suspicion_of_newest() == ""
    assert {message.purpose for message in sent_by_worker()} == {"inquiry-announcement", "inquiry-acknowledgement"}


@pytest.mark.parametrize("proof", [None, "", "x" * 41, "é", "unsolved"])
def test_an_inquiry_without_a_proof_is_stored_and_mails_nobody(client: Client, proof: str | None) -> None:
    names = dict.fromkeys(("ar", "en", "fr"), "Duty")
    Desk.objects.create(names=names, email="duty@example.org", phone="+20 2 1", is_duty=True)
    form = typed()
    if proof is not None:
        form["proof"] = unsolved(form["stamp"]) if proof == "unsolved" else proof
    answer = client.post(address("en"), form)
    assert Inquiry.objects.get().question == TYPED["question"]
    assert suspicion_of_newest() == "no-proof"
    assert secret_in(answer)
    text = " ".join(html.fromstring(answer.content).text_content().split())
    assert "No e-mail goes out before an officer has read your question." in text
    assert "is on its way" not in text
    assert "+20 2 1" in text
    assert sent_by_worker() == []


def test_a_proof_is_good_for_one_inquiry(client: Client) -> None:
    form = with_proof()
    first, again = client.post(address("en"), form), client.post(address("en"), form)
    assert secret_in(first) == secret_in(again)
    assert Inquiry.objects.count() == 1
    client.post(address("en"), form | {"email": "stranger@example.org"})
    assert Inquiry.objects.count() == 2
    assert suspicion_of_newest() == "no-proof"
    assert [message.email().to for message in sent_by_worker() if message.purpose == "inquiry-acknowledgement"] == [
        [TYPED["email"]]
    ]


def test_a_form_sent_with_and_without_its_proof_is_one_inquiry(client: Client) -> None:
    form = typed()
    first = client.post(address("en"), form)
    again = client.post(address("en"), form | {"proof": solved(form["stamp"])})
    assert secret_in(first) == secret_in(again)
    assert Inquiry.objects.count() == 1


def test_readers_of_one_cached_page_have_proofs_of_their_own(client: Client) -> None:
    form = with_proof()
    client.post(address("en"), form)
    client.post(address("en"), form | {"email": "other@example.org", "proof": solved(form["stamp"], skip=1)})
    assert suspicion_of_newest() == ""


def test_a_proof_for_another_stamp_is_none(client: Client) -> None:
    own, other = stamp(), stamp()
    proof = next(str(number) for number in count() if is_proof(own, str(number)) and not is_proof(other, str(number)))
    client.post(address("en"), typed(stamp=other, proof=proof))
    assert suspicion_of_newest() == "no-proof"


def test_two_inquiries_with_one_proof_at_the_same_moment_are_both_stored(client: Client) -> None:
    """Neither request sees the other when it checks whether the proof was used."""
    form = with_proof()
    client.post(address("en"), form)
    seen = Inquiry.objects.get().proof_digest
    with mock.patch.object(intake, "_unused_proof", return_value=seen):
        answer = client.post(address("en"), form | {"email": "other@example.org"})
    assert secret_in(answer)
    assert (Inquiry.objects.count(), suspicion_of_newest()) == (2, "no-proof")


@pytest.mark.parametrize("action", ["trust", "reply"])
def test_an_officer_who_finds_no_spam_lets_the_acknowledgement_go(client: Client, officer: Client, action: str) -> None:
    secret = secret_in(client.post(address("fr"), typed(language="fr")))
    inquiry = Inquiry.objects.get()
    page = officer.get(page_of(inquiry)).content.decode()
    assert "without a proof of work" in page
    assert act(officer, inquiry, action, text="The answer").status_code == 302
    inquiry.refresh_from_db()
    assert inquiry.suspicion == ""
    sent = {message.purpose: message.email() for message in sent_by_worker()}
    assert sent.keys() == {"inquiry-acknowledgement"} | ({"inquiry-reply"} if action == "reply" else set())
    assert secret in str(sent["inquiry-acknowledgement"].body)
    page = officer.get(page_of(inquiry)).content.decode()
    assert "found not to be spam" in page
    assert "without a proof of work" not in page


def test_a_button_of_an_older_page_does_nothing(client: Client, officer: Client) -> None:
    client.post(address("en"), typed())
    inquiry = Inquiry.objects.get()
    Inquiry.objects.update(version=inquiry.version + 1)
    assert act(officer, inquiry, "trust").status_code == 409
    assert sent_by_worker() == []


@pytest.mark.parametrize(
    ("language", "words"), [("ar", "إثبات"), ("en", "without a proof of work"), ("fr", "sans preuve de travail")]
)
def test_officers_are_told_why_in_their_language(client: Client, officer: Client, language: str, words: str) -> None:
    client.post(address("en"), typed())
    prefer(officer, language)
    assert words in officer.get(page_of(Inquiry.objects.get())).content.decode()


def prefer(officer: Client, language: str) -> None:
    UserProfile.objects.update_or_create(user=User.objects.get(), defaults={"preferred_language": language})


def test_what_was_held_goes_with_what_is_erased(client: Client) -> None:
    secret = secret_in(client.post(address("en"), typed()))
    form = {"reference": str(Inquiry.objects.get().reference), "secret": secret, "action": "erase"}
    assert client.post("/en/press-inquiry/", form).status_code == 200
    assert [(message.status, message.content) for message in queued("inquiry-acknowledgement")] == [("cancelled", "")]


def test_nothing_that_is_sent_as_a_proof_is_an_error(client: Client) -> None:
    for number, hostile in enumerate(("\x00" * 10, "😀" * 20, "\u202e", "0" * 40, "-1", "١٢")):
        assert client.post(address("en"), typed(proof=hostile, name=f"Journalist {number}")).status_code == 200
    assert Inquiry.objects.count() == 6
