"""Guessing a password is slow by every way, tells nothing about which accounts exist, and starves no reader."""

from __future__ import annotations

import fcntl
import threading
import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any
from unittest import mock
from urllib.parse import urlsplit

import pytest
from asgiref.sync import async_to_sync
from django.contrib.auth import aauthenticate, authenticate
from django.contrib.auth.password_validation import validate_password
from django.contrib.sessions.models import Session
from django.core import mail
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command
from django.db import connection
from django.http import HttpResponse
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext
from django.utils import timezone, translation
from pytest_django import Settings
from wagtail.models import Collection, CollectionViewRestriction, PageViewRestriction
from wagtail.users.models import UserProfile

from accounts.models import User
from core.models import AttemptCount
from core.security.attempts import LOCK_SECONDS, Patience, begin_attempt, take_back_attempt
from core.security.rate_limits import purge_counts
from home.models import StandardPage
from mailing.models import OutgoingMessage
from mailing.sending import MailSender
from signing_in import guard, turnstile
from signing_in.resets import MAILS_TO_ONE_ADDRESS, REQUESTS_OF_A_NETWORK, answer_requests
from tests.admin_forms import fields_of
from tests.factories import make_page

pytestmark = pytest.mark.django_db
RIGHT = "a password of the tests"
WRONG = "wrong"
NEW = "lamp giraffe tunnel seven"
LOGIN = "/admin/login/"


class Clock:
    def __init__(self) -> None:
        # The morning: no test runs over midnight, when counting begins anew.
        self.now = float(int(time.time()) // 86400 * 86400 + 6 * 3600)

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Iterator[Clock]:
    clock = Clock()
    with mock.patch("core.security.attempts.time.time", clock):
        yield clock


def sign_in(client: Client, name: str = "an-editor", password: str = WRONG, network: str = "198.51.100.7") -> Any:
    form = {"username": name, "password": password, "next": "/admin/"}
    return client.post(LOGIN, form, REMOTE_ADDR=network)


def lock(clock: Clock, name: str = "an-editor") -> None:
    """Try wrong passwords from ever other networks until the account is locked."""
    for number in range(guard.ACCOUNT.locked_from):
        assert sign_in(Client(), name, network=f"203.0.113.{number}").status_code == 200
        clock.now += 61


def test_thirty_wrong_passwords_lock_the_account_for_a_bounded_time(editor: User, clock: Clock) -> None:
    lock(clock)
    refused = sign_in(Client(), password=RIGHT)
    assert (refused.status_code, "_auth_user_id" in refused.client.session) == (429, False)
    assert 0 < int(refused.headers["Retry-After"]) <= LOCK_SECONDS
    assert "Try again in 14 minutes" in refused.content.decode()
    clock.now += LOCK_SECONDS
    assert sign_in(Client(), password=RIGHT).status_code == 302
    assert not AttemptCount.objects.filter(failures__gt=1, blocked_until__gt=clock.now).exists()


@pytest.mark.parametrize(
    ("language", "words"), [("ar", "أُغلق تسجيل الدخول"), ("fr", "La connexion est bloquée"), ("en", "is locked")]
)
def test_who_is_locked_out_reads_in_their_language_when_to_try_again(
    editor: User, clock: Clock, language: str, words: str
) -> None:
    lock(clock)
    client = Client(headers={"Accept-Language": language})
    assert words in sign_in(client, password=RIGHT).content.decode()


def test_each_wrong_password_makes_the_next_wait_longer(clock: Clock) -> None:
    patience, waits = Patience(free=2, locked_from=12), []
    for _ in range(12):
        assert begin_attempt("door", "one", patience) == 0
        waits.append(begin_attempt("door", "one", Patience(1000, 1000)) or 0)
        if not waits[-1]:
            take_back_attempt("door", "one")
        clock.now += waits[-1]
    assert waits == [0, 0, 1, 4, 9, 16, 25, 36, 49, 60, 60, LOCK_SECONDS]


def test_right_password_begins_the_count_of_the_account_anew(editor: User, clock: Clock) -> None:
    for _ in range(3):
        for number in range(guard.ACCOUNT.free):
            assert sign_in(Client(), network=f"203.0.113.{number}").status_code == 200
        assert sign_in(Client(), password=RIGHT).status_code == 302


@pytest.mark.parametrize("name", ["AN-EDITOR", " an-editor ", "An-Editor", "ａn-editor"])
def test_another_way_to_write_the_name_is_no_way_round(editor: User, clock: Clock, name: str) -> None:
    lock(clock, name)
    assert sign_in(Client(), password=RIGHT).status_code == 429


def test_account_that_does_not_exist_is_answered_alike(editor: User, clock: Clock) -> None:
    def said(response: HttpResponse) -> tuple[int, list[str]]:
        lines = response.content.decode().splitlines()
        return response.status_code, [line.strip() for line in lines if 'class="error"' in line]

    for _ in range(guard.ACCOUNT.free + 1):
        assert said(sign_in(Client())) == said(sign_in(Client(), "nobody"))
    assert said(sign_in(Client())) == said(sign_in(Client(), "nobody"))
    assert sign_in(Client(), "nobody").status_code == 429


def test_account_that_does_not_exist_costs_a_hash_too_and_a_refusal_none(editor: User, clock: Clock) -> None:
    with mock.patch("django.contrib.auth.hashers.MD5PasswordHasher.encode", return_value="md5$a$b") as hashed:
        costs = []
        for name in ("an-editor", "nobody"):
            sign_in(Client(), name)
            costs.append(hashed.call_count)
            hashed.reset_mock()
        assert costs[0] == costs[1] > 0
        with mock.patch("signing_in.backend.attempt_to_sign_in", return_value=guard.Attempt(9)):
            assert sign_in(Client()).status_code == 429
        assert not hashed.called


def test_one_network_waits_whatever_accounts_it_tries(editor: User, clock: Clock) -> None:
    answers = [sign_in(Client(), f"name-{number}").status_code for number in range(guard.NETWORK.free + 2)]
    assert answers == [200] * (guard.NETWORK.free + 1) + [429]
    assert sign_in(Client(), password=RIGHT).status_code == 429
    assert sign_in(Client(), password=RIGHT, network="198.51.100.99").status_code == 302


def test_own_account_does_not_wash_a_network_clean(editor: User, clock: Clock) -> None:
    for number in range(guard.NETWORK.free):
        sign_in(Client(), f"name-{number}")
        assert sign_in(Client(), password=RIGHT).status_code == 302
    sign_in(Client(), "one-more")
    assert sign_in(Client(), "another").status_code == 429


def test_owner_is_not_locked_out_of_a_browser_that_is_known(editor: User, clock: Clock) -> None:
    known = Client()
    assert sign_in(known, password=RIGHT).status_code == 302
    known.cookies.pop("sessionid")
    lock(clock)
    stolen = Client()
    stolen.cookies["known_browser"] = known.cookies["known_browser"].value + "x"
    assert sign_in(stolen, password=RIGHT).status_code == 429
    assert sign_in(known, password=RIGHT).status_code == 302


@pytest.mark.slow
def test_known_browser_is_no_way_round(editor: User, clock: Clock) -> None:
    known = Client()
    sign_in(known, password=RIGHT)
    lock(clock)
    answers = []
    for number in range(guard.ACCOUNT.locked_from + 2):
        answers.append(sign_in(known, network=f"203.0.114.{number}").status_code)
        clock.now += 10
    assert answers.count(200) < 15
    other = User.objects.create_user("other", "other@example.org", RIGHT)
    lock(clock, other.username)
    assert sign_in(known, "other", RIGHT).status_code == 429


@pytest.mark.parametrize("way", [authenticate, async_to_sync(aauthenticate)])
def test_every_way_to_authenticate_is_counted(editor: User, clock: Clock, way: Callable[..., object]) -> None:
    for _ in range(guard.ACCOUNT.locked_from):
        assert way(username="an-editor", password="wrong") is None
        clock.now += 61
    assert way(username="an-editor", password=RIGHT) is None
    clock.now += LOCK_SECONDS
    assert way(username="an-editor", password=RIGHT) == editor


@pytest.mark.parametrize("address", ["/django-admin/login/", "/api/v1/login", "/en/_util/login/", "/admin/api/"])
def test_there_is_no_other_door(client: Client, address: str) -> None:
    response = client.post(address, {"username": "an-editor", "password": "x"})
    assert response.status_code in (302, 404, 405)
    if response.status_code == 302:
        assert urlsplit(response.headers["Location"]).path == LOGIN


def test_nothing_of_who_tried_is_stored_and_counts_go(clock: Clock) -> None:
    sign_in(Client(), "a-secret-typed-as-a-name", network="192.0.2.77")
    assert AttemptCount.objects.count() == 2
    for count in AttemptCount.objects.all():
        assert "192.0.2.77" not in count.key
        assert len(count.key) == 64
        assert (count.ends_at - timezone.now()).days < 1
    AttemptCount.objects.update(ends_at=timezone.now() - timedelta(seconds=1))
    assert purge_counts() == 2


def test_administrator_unlocks_an_account(editor: User, clock: Clock, capsys: pytest.CaptureFixture) -> None:
    lock(clock)
    call_command("unlock_account", "an-editor")
    assert "is unlocked" in capsys.readouterr().out
    assert sign_in(Client(), password=RIGHT).status_code == 302
    call_command("unlock_account", "an-editor")
    assert "was not locked" in capsys.readouterr().out
    with pytest.raises(CommandError, match="nobody"):
        call_command("unlock_account", "nobody")


def test_second_at_once_in_a_process_is_told_to_come_back(editor: User) -> None:
    inside, leave = threading.Event(), threading.Event()

    def stay() -> None:
        with turnstile.one_at_a_time():
            inside.set()
            leave.wait(10)

    thread = threading.Thread(target=stay)
    thread.start()
    try:
        assert inside.wait(10)
        began = time.monotonic()
        crowded = sign_in(Client(), password=RIGHT)
        assert time.monotonic() - began < 1
    finally:
        leave.set()
        thread.join()
    assert (crowded.status_code, crowded.headers["Retry-After"]) == (429, str(turnstile.RETRY_SECONDS))
    assert "Many people are signing in" in crowded.content.decode()
    assert not AttemptCount.objects.exists()
    assert sign_in(Client(), password=RIGHT).status_code == 302


def test_other_processes_of_the_machine_wait_their_turn(monkeypatch: pytest.MonkeyPatch, settings: Settings) -> None:
    monkeypatch.setattr(turnstile, "_LONGEST_WAIT", 0.1)
    with Path(settings.TURNSTILE_FILE).open("a", encoding="ascii") as of_another_process:
        fcntl.flock(of_another_process, fcntl.LOCK_SH)
        with pytest.raises(turnstile.Crowded), turnstile.one_at_a_time():
            raise AssertionError("two at once")
    with turnstile.one_at_a_time():
        pass


# New passwords by mail


def ask(client: Client, address: str = "editor@example.org", network: str = "198.51.100.7") -> Any:
    return client.post("/admin/password_reset/", {"email": address}, REMOTE_ADDR=network)


def test_reset_mail_goes_through_the_outbox_in_the_language_of_the_account(editor: User) -> None:
    UserProfile.objects.create(user=editor, preferred_language="fr")
    assert ask(Client()).status_code == 302
    assert not mail.outbox
    assert answer_requests()
    assert not answer_requests()
    sent = OutgoingMessage.objects.get(purpose="password-reset").email()
    assert sent.to == ["editor@example.org"]
    with translation.override("fr"):
        assert sent.subject == translation.gettext("Password reset")
    link = next(line for line in str(sent.body).splitlines() if "/password_reset/confirm/" in line)
    client = Client()
    form = client.get(urlsplit(link).path, follow=True)
    assert form.status_code == 200
    new = {"new_password1": "quite another 1 word", "new_password2": "quite another 1 word"}
    assert client.post(form.request["PATH_INFO"], new).status_code == 302
    assert sign_in(Client(), password="quite another 1 word").status_code == 302
    assert MailSender()() == 1
    assert len(mail.outbox) == 1


def test_request_does_the_same_work_for_an_address_without_an_account(
    editor: User,
) -> None:
    ask(Client(), "warm@example.org")
    answers = []
    for address in ("editor@example.org", "nobody@example.org"):
        with CaptureQueriesContext(connection) as queries:
            answer = ask(Client(), address)
        asked = [query["sql"] for query in queries.captured_queries]
        assert not any('FROM "accounts_user"' in sql for sql in asked)
        answers.append((answer.status_code, answer.headers["Location"], [sql.split()[0] for sql in asked]))
    assert answers[0] == answers[1]
    answer_requests()
    assert [message.email().to for message in OutgoingMessage.objects.all()] == [["editor@example.org"]]


def test_account_gets_few_reset_mails_and_a_network_sends_few_requests(editor: User) -> None:
    with mock.patch("core.security.rate_limits.time.time", return_value=1_800_000_000):
        answers = [ask(Client(), f"{'E' * (number % 2) or 'e'}ditor@example.org").status_code for number in range(6)]
        assert answers == [302] * 6
        assert OutgoingMessage.objects.count() == MAILS_TO_ONE_ADDRESS
        rest = REQUESTS_OF_A_NETWORK - 6
        answers = [ask(Client(), f"a{number}@example.org").status_code for number in range(rest + 1)]
        assert answers == [302] * rest + [429]
        assert ask(Client(), network="198.51.100.8").status_code == 302


# Passwords of pages and of collections


def guarded_page() -> str:
    page = make_page(StandardPage, "en")
    restriction = PageViewRestriction.objects.create(page=page, restriction_type="password", password="open sesame")
    return f"/en/_util/authenticate_with_password/{restriction.pk}/{page.pk}/"


def guarded_collection() -> str:
    collection = Collection.get_first_root_node().add_child(name="Guarded")
    restriction = CollectionViewRestriction.objects.create(
        collection=collection, restriction_type="password", password="open sesame"
    )
    return f"/documents/authenticate_with_password/{restriction.pk}/"


@pytest.mark.parametrize("made", [guarded_page, guarded_collection])
@pytest.mark.slow
def test_password_of_a_page_cannot_be_guessed(clock: Clock, made: Callable[[], str]) -> None:
    address = made()

    def guess(password: str, network: str) -> Any:
        form = {"password": password, "return_url": "/en/"}
        return Client().post(address, form, REMOTE_ADDR=network)

    answers = [guess("wrong", "198.51.100.7").status_code for _ in range(guard.NETWORK.free + 2)]
    assert answers == [200] * (guard.NETWORK.free + 1) + [429]
    refused = guess("open sesame", "198.51.100.7")
    assert refused.status_code == 429
    assert int(refused.headers["Retry-After"]) >= 1
    assert guess("open sesame", "198.51.100.8").status_code == 302
    many = [guess("wrong", f"203.0.113.{number}").status_code for number in range(60)]
    assert many[0] == 200
    assert many[-1] == 429


# Sessions


@pytest.mark.slow
def test_session_ends_after_a_week_of_work_and_half_a_day_of_rest(editor_client: Client, settings: Settings) -> None:
    assert settings.SESSION_COOKIE_AGE == 12 * 3600
    now = time.time()
    for hour in range(0, 7 * 24, 8):
        with mock.patch("signing_in.sessions.time.time", return_value=now + hour * 3600):
            assert editor_client.get("/admin/").status_code == 200
    with mock.patch("signing_in.sessions.time.time", return_value=now + 7 * 24 * 3600 + 60):
        assert editor_client.get("/admin/").status_code == 302
    assert not Session.objects.exists()


def test_work_moves_the_end_of_a_session_and_an_open_window_does_not(editor_client: Client) -> None:
    soon = timezone.now() + timedelta(hours=1)
    Session.objects.update(expire_date=soon)
    later = mock.patch("signing_in.sessions.time.time", return_value=time.time() + 3600)
    with later:
        editor_client.post("/admin/editing-sessions/ping/wagtailcore/page/1/1/")
    assert Session.objects.get().expire_date == soon
    with later:
        editor_client.get("/admin/")
    assert Session.objects.get().expire_date > soon


def test_signing_in_makes_a_new_session(editor: User) -> None:
    client = Client()
    client.cookies["sessionid"] = "planted0planted0planted0planted0"
    sign_in(client, password=RIGHT)
    assert client.cookies["sessionid"].value != "planted0planted0planted0planted0"


def test_request_knows_why_it_was_refused_only_where_it_was(editor: User, clock: Clock) -> None:
    request = RequestFactory().post(LOGIN)
    assert authenticate(request, username="an-editor", password=RIGHT) == editor
    assert not hasattr(request, "sign_in_refusal")


def test_the_log_says_who_signed_in_and_nothing_that_was_typed(editor: User, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level("INFO", "signing_in.trail")
    client = Client()
    client.post(LOGIN, {"username": editor.username, "password": "not the right one"})
    client.post(LOGIN, {"username": "a password in the wrong field", "password": RIGHT})
    client.post(LOGIN, {"username": editor.username, "password": RIGHT})
    client.post("/admin/logout/")
    said = [record.getMessage() for record in caplog.records if record.name == "signing_in.trail"]
    assert said == [
        f"Somebody failed to sign in to account {editor.pk}",
        "Somebody failed to sign in to an account that does not exist",
        f"Account {editor.pk} signed in",
        f"Account {editor.pk} signed out",
    ]
    for typed in ("wrong field", "not the right one", editor.username):
        assert typed not in "\n".join(said)


def in_account_page(client: Client, **changed: str) -> Any:
    """Send the form of the account page as it is shown but for `changed`, with "__" for "-" in names."""
    fields = dict(fields_of(client.get("/admin/account/"), "w-editor-form"))
    fields |= {"name_email-first_name": "An", "name_email-last_name": "Editor"}
    return client.post("/admin/account/", fields | {name.replace("__", "-"): changed[name] for name in changed})


def change_password(client: Client, old: str, **changed: str) -> Any:
    new = {"password__new_password1": NEW, "password__new_password2": NEW}
    return in_account_page(client, password__old_password=old, **new, **changed)


# As many as cost nothing and the one after them, in the browser, which is known, and then for the account.
TRIES = 2 * (guard.ACCOUNT.free + 1)


@pytest.mark.slow
def test_old_password_in_the_account_page_is_guessed_no_faster_than_at_the_door(editor: User, clock: Clock) -> None:
    client = Client()
    assert sign_in(client, password=RIGHT).status_code == 302
    tries = 0
    while (answer := change_password(client, WRONG)).status_code == 200:
        tries += 1
    assert tries == TRIES
    assert (answer.status_code, int(answer.headers["Retry-After"]) > 0) == (429, True)
    assert "Please wait for a minute" in answer.content.decode()
    assert change_password(client, RIGHT).status_code == 429
    clock.now += 61
    assert change_password(client, RIGHT).status_code == 302
    assert client.get("/admin/account/").status_code == 200, "the change signed its own browser out"
    assert sign_in(Client(), password=NEW).status_code == 302


@pytest.mark.slow
def test_account_page_looks_at_the_old_password_once_though_another_field_is_wrong(editor: User, clock: Clock) -> None:
    client = Client()
    assert sign_in(client, password=RIGHT).status_code == 302
    for _attempt in range(TRIES):
        assert change_password(client, WRONG, locale__preferred_language="xx").status_code == 200
    assert change_password(client, WRONG, locale__preferred_language="xx").status_code == 429


def test_account_page_is_changed_without_a_password(editor: User) -> None:
    client = Client()
    assert sign_in(client, password=RIGHT).status_code == 302
    assert in_account_page(client, name_email__first_name="Salma").status_code == 302
    editor.refresh_from_db()
    assert editor.first_name == "Salma"


@pytest.mark.parametrize(
    "password",
    [
        "password1234",
        "qwertyuiop[]",
        "123456789012",
        "aaaaaaaaaaaaaaa",
        "salma-editor",
        "mena.example",
        "iommenaiommena",
    ],
)
def test_password_that_is_easily_guessed_is_refused(password: str, settings: Settings) -> None:
    settings.WAGTAILADMIN_BASE_URL = "https://mena.example"
    user = User(username="salma-editor", first_name="Salma", email="salma.editor@example.org")
    with pytest.raises(ValidationError):
        validate_password(password, user)


@pytest.mark.parametrize(
    "password",
    [
        "correct horse battery staple",
        "قطة زرقاء تسافر ببطء",
        "lampe girafe tunnel",
        "94-82746193-3058",
        "x" * 4 + NEW * 9,
    ],
)
def test_password_that_is_hard_to_guess_is_accepted_whatever_it_is_made_of(password: str) -> None:
    validate_password(password, User(username="an-editor"))
