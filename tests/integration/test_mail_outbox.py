"""The outbox: each mail goes out once, after the commit, to a real mail server."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import timedelta
from email import message_from_string, policy
from email.header import decode_header, make_header
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection, transaction
from django.utils import timezone
from pytest_django import Settings

from core.security import encryption
from core.security.encryption import DecryptionError
from mailing import sending
from mailing.models import OutgoingMessage
from mailing.outbox import Mail, cancel_messages, queue_message, send_again
from mailing.sending import CLAIM, GIVE_UP, LOG_KEPT, MailSender, attempt, claim, purge_settled
from mailing.transport import Transport
from tests.mail_server import MailServer, free_port

pytestmark = [pytest.mark.django_db, pytest.mark.every_engine]
MAIL = Mail("leila@example.org", "الموضوع", "النص\n.\n..dots\n", "<p dir='rtl'>النص</p>", "desk@example.org")


@pytest.fixture
def transport(mail_server: MailServer) -> Iterator[Transport]:
    transport = Transport()
    yield transport
    transport.close()


@pytest.fixture
def mail_server(tmp_path: Path, settings: Settings) -> Iterator[MailServer]:
    with MailServer(tmp_path) as server:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = "127.0.0.1", server.port, 5
        yield server


def queue(mail: Mail = MAIL, **other: Any) -> OutgoingMessage:
    return queue_message(mail, purpose="test", about="test:1", **other)


def send() -> None:
    sender = MailSender()
    while sender():
        pass
    sender()


def let_time_come(message: OutgoingMessage) -> None:
    OutgoingMessage.objects.filter(pk=message.pk).update(next_attempt_at=timezone.now())


def test_mail_arrives_as_it_was_written_and_its_text_is_deleted(mail_server: MailServer) -> None:
    message = queue()
    send()
    (mail,) = mail_server.received
    assert (mail["To"], mail["Subject"], mail["Reply-To"]) == ("leila@example.org", "الموضوع", "desk@example.org")
    assert mail["Message-ID"] == message.message_id
    text, html = (mail.get_body((kind,)) for kind in ("plain", "html"))
    assert text is not None
    assert text.get_content().replace("\r\n", "\n") == MAIL.text
    assert html is not None
    assert html.get_content().strip() == MAIL.html
    message.refresh_from_db()
    assert (message.status, message.content, message.attempts) == ("sent", "", 1)


def test_many_mails_go_over_one_connection_each_once(mail_server: MailServer) -> None:
    ids = [queue().message_id for _ in range(30)]
    send()
    assert [mail["Message-ID"] for mail in mail_server.received] == ids


def test_mail_of_a_transaction_that_fails_is_not_sent(mail_server: MailServer) -> None:
    with transaction.atomic():
        queue()
        transaction.set_rollback(True)
    send()
    assert mail_server.received == []


def test_nothing_of_a_waiting_mail_is_stored_in_clear() -> None:
    queue()
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM mailing_outgoingmessage")
        stored = repr(cursor.fetchall())
    for secret in ("leila", "example.org'", "الموضوع", "النص", "desk@"):
        assert secret not in stored


def test_line_breaks_in_a_subject_begin_no_header(mail_server: MailServer) -> None:
    queue(Mail("a@example.org", "Hello\r\nBcc: other@example.org\x00\u2028X: y", "text", headers={"X-Desk": "a\nb"}))
    send()
    (mail,) = mail_server.received
    assert mail["Bcc"] is None
    assert mail["Subject"] == "Hello Bcc: other@example.org X: y"
    assert mail["X-Desk"] == "a b"


@pytest.mark.parametrize(
    "subject", ["سؤالك إلى المكتب الصحفي: " * 4, "Votre question à la presse " * 5, "Your question " * 9]
)
def test_subject_begins_on_the_line_of_its_name(mail_server: MailServer, subject: str) -> None:
    queue(Mail("a@example.org", subject, "text"))
    send()
    (line,) = mail_server.journal.path.read_text().splitlines()
    headers = json.loads(line)["content"].split("\r\n")
    (begins,) = [header for header in headers if header.startswith("Subject:")]
    assert begins.removeprefix("Subject:").strip()
    assert max(map(len, headers)) <= 78
    (mail,) = mail_server.received
    assert mail["Subject"] == subject.strip()


@pytest.mark.parametrize(
    "name", ["المكتب الإقليمي للشرق الأوسط وشمال أفريقيا", "Bureau: l’Afrique, du Nord" * 3, "Desk"]
)
def test_name_of_the_sender_arrives_in_lines_that_every_server_takes(mail_server: MailServer, name: str) -> None:
    queue(Mail("a@example.org", "subject", "text", sender_name=name))
    send()
    (line,) = mail_server.journal.path.read_text().splitlines()
    content = json.loads(line)["content"]
    assert max(map(len, content.split("\r\n"))) <= 78
    sender = message_from_string(content, policy=policy.compat32)["From"]
    assert str(make_header(decode_header(sender))).replace('"', "") == f"{name} <website@localhost>"


@pytest.mark.parametrize("address", ["no address", "a@example.org\r\nBcc: b@example.org"])
def test_recipient_that_is_no_address_is_refused_at_once(address: str) -> None:
    with pytest.raises(ValueError, match=r".+"):
        queue(Mail(address, "subject", "text"))


def test_mail_waits_for_a_server_that_is_away(mail_server: MailServer, settings: Settings) -> None:
    message = queue()
    settings.EMAIL_PORT = free_port()
    send()
    message.refresh_from_db()
    assert (message.status, message.claimed_until) == ("waiting", None)
    assert message.next_attempt_at > timezone.now()
    settings.EMAIL_PORT = mail_server.port
    send()
    assert mail_server.received == [], "it is not due yet"
    let_time_come(message)
    send()
    assert [mail["Message-ID"] for mail in mail_server.received] == [message.message_id]


def test_mail_that_the_server_wants_later_is_sent_later(mail_server: MailServer) -> None:
    message = queue()
    mail_server.journal.answers = ["451 later"]
    send()
    message.refresh_from_db()
    assert (message.status, message.last_failure) == ("waiting", "451")
    let_time_come(message)
    send()
    assert [mail["Message-ID"] for mail in mail_server.received] == [message.message_id]


def test_mail_that_the_server_refuses_is_over(mail_server: MailServer) -> None:
    refused, sent = queue(), queue()
    mail_server.journal.answers = ["554 no"]
    send()
    refused.refresh_from_db()
    assert (refused.status, refused.last_failure) == ("refused", "554")
    assert [mail["Message-ID"] for mail in mail_server.received] == [sent.message_id]
    assert send_again(refused)
    send()
    assert [mail["Message-ID"] for mail in mail_server.received] == [sent.message_id, refused.message_id]


def test_mail_is_given_up_after_days(mail_server: MailServer) -> None:
    message = queue()
    OutgoingMessage.objects.update(created_at=timezone.now() - GIVE_UP - timedelta(hours=1))
    mail_server.journal.answers = ["451 later"]
    send()
    message.refresh_from_db()
    assert message.status == "refused"


def test_worker_that_dies_before_the_end_of_a_mail_has_sent_nothing(
    mail_server: MailServer, transport: Transport, monkeypatch: pytest.MonkeyPatch
) -> None:
    message = queue()

    def die(_: OutgoingMessage) -> bool:
        raise SystemExit

    with monkeypatch.context() as dying:
        dying.setattr(sending, "_mark_handed_over", die)
        claimed = claim()
        assert claimed is not None
        with pytest.raises(SystemExit):
            attempt(claimed, transport)
    send()
    assert mail_server.received == [], "it is claimed still"
    OutgoingMessage.objects.update(claimed_until=timezone.now())
    send()
    assert [mail["Message-ID"] for mail in mail_server.received] == [message.message_id]


def test_worker_that_dies_after_the_end_of_a_mail_leaves_it_to_a_person(
    mail_server: MailServer, transport: Transport, monkeypatch: pytest.MonkeyPatch
) -> None:
    message = queue()

    def die(*_: object) -> None:
        raise SystemExit

    with monkeypatch.context() as dying:
        dying.setattr(sending, "_record", die)
        claimed = claim()
        assert claimed is not None
        with pytest.raises(SystemExit):
            attempt(claimed, transport)
    OutgoingMessage.objects.update(claimed_until=timezone.now())
    send()
    message.refresh_from_db()
    assert message.status == "uncertain"
    assert len(mail_server.received) == 1
    assert send_again(message)
    assert not send_again(message), "it waits already"
    send()
    assert [mail["Message-ID"] for mail in mail_server.received] == [message.message_id] * 2


def test_worker_whose_claim_was_taken_over_hands_nothing_over(mail_server: MailServer, transport: Transport) -> None:
    queue()
    slow = claim()
    OutgoingMessage.objects.update(claimed_until=timezone.now())
    quick = claim()
    assert slow is not None
    assert quick is not None
    assert not attempt(slow, transport)
    assert attempt(quick, transport)
    assert not attempt(slow, transport)
    assert len(mail_server.received) == 1


def test_claimed_mail_is_not_claimed_again_before_its_time() -> None:
    queue()
    first = claim()
    assert first is not None
    assert first.claimed_until is not None
    assert first.claimed_until > timezone.now() + CLAIM / 2
    assert claim() is None


def test_cancelled_mail_is_not_sent_and_its_text_is_deleted(mail_server: MailServer) -> None:
    message = queue()
    assert cancel_messages("test:1") == 1
    send()
    message.refresh_from_db()
    assert (message.status, message.content) == ("cancelled", "")
    assert mail_server.received == []


def test_mail_that_is_over_is_forgotten() -> None:
    message = queue()
    purge_settled()
    OutgoingMessage.objects.update(status="sent", settled_at=timezone.now() - LOG_KEPT - timedelta(days=1))
    assert purge_settled() == 1
    assert not OutgoingMessage.objects.filter(pk=message.pk).exists()


def test_keys_are_exchanged_without_losing_anything(settings: Settings, capsys: pytest.CaptureFixture[str]) -> None:
    message = queue()
    old = settings.ENCRYPTION_KEYS
    new = "bmV3IGtleSBvZiB0aGUgdGVzdHMsIDMyIGJ5dGVzISE="
    settings.ENCRYPTION_KEYS = [new, *old]
    message.refresh_from_db()
    call_command("reencrypt")
    assert "1 values" in capsys.readouterr().out
    settings.ENCRYPTION_KEYS = [new]
    message.refresh_from_db()
    assert "leila" in message.content
    settings.ENCRYPTION_KEYS = old
    with pytest.raises(DecryptionError):
        message.refresh_from_db()
    with pytest.raises(SystemExit):
        call_command("reencrypt")
    assert encryption.encrypt("same") != encryption.encrypt("same")
