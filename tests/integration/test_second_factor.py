"""A password alone opens nothing to who has a second factor, and codes of it can be neither guessed nor used twice."""

from __future__ import annotations

import re
import time
from typing import Any
from unittest import mock

import pytest
from django.contrib.auth.models import AnonymousUser
from django.contrib.sessions.models import Session
from django.core.management import call_command
from django.db import connection
from django.test import Client
from wagtail.models import PageViewRestriction

from accounts.models import User
from core.models import AttemptCount
from core.security.attempts import LOCK_SECONDS
from home.models import StandardPage
from mailing.models import OutgoingMessage
from second_factor.codes import RECOVERY_CODES, new_recovery_codes
from second_factor.models import AuthenticatorApp, RecoveryCode
from signing_in import guard
from tests.admin_objects import addresses_of_the_admin
from tests.admin_rules import ANYBODY, may
from tests.factories import make_page
from tests.second_factors import (
    FIRST,
    LOGIN,
    PASSWORD,
    STEP,
    Clock,
    clock,
    code_of,
    give_app,
    give_password,
    sign_in,
    wrong_code_of,
)

pytestmark = pytest.mark.django_db
__all__ = ["clock"]


@pytest.fixture
def administrator(db: None) -> User:
    return User.objects.create_superuser("an-administrator", "administrator@example.org", PASSWORD)


@pytest.fixture
def app(administrator: User) -> AuthenticatorApp:
    return give_app(administrator)


def opens(client: Client, address: str = "/admin/") -> bool:
    return bool(client.get(address).status_code == 200)


# What a password alone opens


# wagtail-localize pages through translations without an order.
@pytest.mark.filterwarnings("ignore:Pagination may yield inconsistent results")
@pytest.mark.parametrize("before", ["half", "signed in before"])
@pytest.mark.slow
def test_password_alone_opens_no_route_of_the_admin(administrator: User, before: str) -> None:
    """By a session of an administrator that waits for the second step, and by one from before there was a factor."""
    addresses = addresses_of_the_admin()
    session_of_before = Client(raise_request_exception=False)
    session_of_before.force_login(administrator)
    give_app(administrator)
    client = give_password(administrator) if before == "half" else session_of_before
    kept = client.cookies["sessionid"].value
    tried = 0
    for route, address in addresses.items():
        if route in ("logout/", "failwhale/") or may(route) == ANYBODY:
            continue
        for method in ("GET", "POST"):
            client.cookies["sessionid"] = kept
            response: Any = client.generic(method, str(address).partition("?")[0])
            led = response.status_code == 302 and response["Location"].startswith(LOGIN)
            assert led or response.status_code in (403, 404), (method, route, response.status_code)
            tried += 1
    assert tried > 500


def test_password_alone_opens_no_private_page_and_no_preview(administrator: User, app: AuthenticatorApp) -> None:
    page = make_page(StandardPage, "en")
    PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.LOGIN)
    half, whole = give_password(administrator), sign_in(administrator, app)
    for address in (page.url, f"/admin/pages/{page.pk}/edit/preview/", f"/admin/api/main/pages/{page.pk}/"):
        assert half.get(address).status_code in (302, 401, 403), address
    assert whole.get(page.url).status_code == 200
    assert "/admin/login/" in half.get("/en/_util/login/", {"next": page.url})["Location"]


def test_half_a_sign_in_is_nobody_and_leaves_no_user_in_the_session(administrator: User, app: AuthenticatorApp) -> None:
    half = give_password(administrator)
    assert "_auth_user_id" not in half.session
    assert isinstance(half.get("/en/", follow=True).wsgi_request.user, AnonymousUser)
    administrator.refresh_from_db()
    assert administrator.last_login is None


def test_second_step_signs_in_and_leads_to_where_one_was_going(administrator: User, app: AuthenticatorApp) -> None:
    client = give_password(administrator, next="/admin/users/")
    assert client.get(STEP).status_code == 200
    before = client.cookies["sessionid"].value
    response = client.post(STEP, {"code": code_of(app.secret)})
    assert response["Location"] == "/admin/users/"
    assert client.cookies["sessionid"].value != before
    assert not Session.objects.filter(session_key=before).exists()
    assert opens(client, "/admin/users/")


def test_nobody_comes_to_the_second_step_without_a_password(client: Client, administrator: User) -> None:
    for address in (STEP, FIRST):
        for response in (client.get(address), client.post(address, {"code": "000000", "name": "x"})):
            assert response["Location"] == LOGIN


def test_half_a_sign_in_ends_after_ten_minutes_and_with_the_password(
    administrator: User, app: AuthenticatorApp
) -> None:
    late = give_password(administrator)
    with mock.patch("second_factor.half.time.time", return_value=time.time() + 601):
        assert late.post(STEP, {"code": code_of(app.secret)})["Location"] == LOGIN
    changed = give_password(administrator)
    administrator.set_password("another password of the tests")
    administrator.save()
    assert changed.post(STEP, {"code": code_of(app.secret)})["Location"] == LOGIN
    assert not opens(changed)


def test_account_that_is_switched_off_meanwhile_stays_out(administrator: User, app: AuthenticatorApp) -> None:
    client = give_password(administrator)
    User.objects.update(is_active=False)
    assert client.post(STEP, {"code": code_of(app.secret)})["Location"] == LOGIN


def test_who_has_no_factor_signs_in_as_before(editor: User) -> None:
    client = give_password(editor)
    assert opens(client)


def test_new_password_by_mail_is_no_way_round(administrator: User, app: AuthenticatorApp) -> None:
    from django.contrib.auth.tokens import default_token_generator
    from django.utils.encoding import force_bytes
    from django.utils.http import urlsafe_base64_encode

    number = urlsafe_base64_encode(force_bytes(administrator.pk))
    client = Client()
    link = f"/admin/password_reset/confirm/{number}/{default_token_generator.make_token(administrator)}/"
    form = client.get(link, follow=True)
    new = {"new_password1": "quite another 1 word", "new_password2": "quite another 1 word"}
    assert client.post(form.request["PATH_INFO"], new).status_code == 302
    assert not opens(client)
    client.post(LOGIN, {"username": administrator.username, "password": "quite another 1 word"})
    assert not opens(client)
    assert client.get(STEP).status_code == 200


# Codes


@pytest.mark.parametrize("steps", [-1, 0, 1])
def test_code_of_the_step_before_and_after_is_good(administrator: User, app: AuthenticatorApp, steps: int) -> None:
    client = give_password(administrator)
    assert client.post(STEP, {"code": code_of(app.secret, steps)}).status_code == 302
    assert opens(client)


@pytest.mark.parametrize("steps", [-3, 3])
def test_older_and_later_codes_are_not(administrator: User, app: AuthenticatorApp, steps: int) -> None:
    client = give_password(administrator)
    assert client.post(STEP, {"code": code_of(app.secret, steps)}).status_code == 200
    assert not opens(client)


@pytest.mark.parametrize("typed", ["{0}{1}{2} {3}{4}{5}", " {0}{1}{2}{3}{4}{5} "])
def test_blanks_in_a_code_do_not_matter(administrator: User, app: AuthenticatorApp, typed: str) -> None:
    client = give_password(administrator)
    assert client.post(STEP, {"code": typed.format(*code_of(app.secret))}).status_code == 302


@pytest.mark.parametrize("typed", ["", "x", "١٢٣٤٥٦", "-12345", "0" * 64, "1e5", "\x00", "٠" * 6, "0x1234"])
def test_what_is_no_code_is_refused(administrator: User, app: AuthenticatorApp, typed: str) -> None:
    client = give_password(administrator)
    assert client.post(STEP, {"code": typed}).status_code in (200, 400)
    assert not opens(client)


def test_code_is_good_once_in_every_browser(administrator: User, app: AuthenticatorApp) -> None:
    first, second = give_password(administrator), give_password(administrator)
    code = code_of(app.secret)
    assert first.post(STEP, {"code": code}).status_code == 302
    assert second.post(STEP, {"code": code}).status_code == 200
    assert not opens(second)
    assert "used before" in second.post(STEP, {"code": code}).content.decode()


def test_of_two_at_the_same_moment_one_gets_in(app: AuthenticatorApp) -> None:
    at_once = AuthenticatorApp.objects.get(pk=app.pk)
    code = code_of(app.secret)
    assert [app.verify_token(code), at_once.verify_token(code)] == [True, False]


def test_secret_is_encrypted_in_database_and_session(administrator: User, app: AuthenticatorApp) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT secret FROM second_factor_authenticatorapp")
        stored = cursor.fetchone()[0]
    assert app.secret not in stored
    client = sign_in(administrator, app)
    page = client.get("/admin/second-factor/apps/new/").content.decode()
    shown = re.search(r'<bdi dir="ltr">([A-Z2-7 ]+)</bdi>', page)
    assert shown
    assert shown[1].replace(" ", "") not in str(dict(client.session))


def test_ten_wrong_codes_lock_for_a_quarter_of_an_hour(
    administrator: User, app: AuthenticatorApp, clock: Clock
) -> None:
    for _ in range(guard.CODE.locked_from):
        assert give_password(administrator).post(STEP, {"code": wrong_code_of(app.secret)}).status_code == 200
        clock.now += 61
    client = give_password(administrator)
    refused = client.post(STEP, {"code": code_of(app.secret)})
    assert (refused.status_code, opens(client)) == (429, False)
    assert 0 < int(refused.headers["Retry-After"]) <= LOCK_SECONDS
    assert "Try again in 14 minutes" in refused.content.decode()
    assert AttemptCount.objects.filter(failures=guard.CODE.locked_from).exists()
    clock.now += LOCK_SECONDS
    assert client.post(STEP, {"code": code_of(app.secret)}).status_code == 302


def test_operator_unlocks_codes_as_well(administrator: User, app: AuthenticatorApp, clock: Clock) -> None:
    for _ in range(guard.CODE.locked_from):
        give_password(administrator).post(STEP, {"code": wrong_code_of(app.secret)})
        clock.now += 61
    call_command("unlock_account", administrator.username)
    assert give_password(administrator).post(STEP, {"code": code_of(app.secret)}).status_code == 302


def test_right_password_does_not_begin_the_count_of_codes_anew(
    administrator: User, app: AuthenticatorApp, clock: Clock
) -> None:
    answers = [
        give_password(administrator).post(STEP, {"code": wrong_code_of(app.secret)}).status_code for _ in range(7)
    ]
    assert answers == [200] * (guard.CODE.free + 1) + [429]


# Recovery codes


def test_recovery_code_gets_in_once_and_its_owner_is_told(administrator: User, app: AuthenticatorApp) -> None:
    codes = new_recovery_codes(administrator)
    assert len(set(codes)) == RECOVERY_CODES
    client = give_password(administrator)
    assert client.post(STEP, {"code": codes[3].lower().replace("-", " ")}).status_code == 302
    assert opens(client)
    assert RecoveryCode.objects.count() == RECOVERY_CODES - 1
    again = give_password(administrator)
    assert again.post(STEP, {"code": codes[3]}).status_code == 200
    assert again.post(STEP, {"code": codes[4]}).status_code == 302
    mails = [message.email() for message in OutgoingMessage.objects.filter(purpose="second-factor")]
    assert [mail.to for mail in mails] == [["administrator@example.org"]] * 2
    assert "7 codes left" in str(mails[0].body)


def test_recovery_codes_are_stored_as_hashes_of_140_bits(administrator: User) -> None:
    code = new_recovery_codes(administrator)[0]
    letters = code.replace("-", "")
    assert len(letters) * 5 == 140
    stored = str(list(RecoveryCode.objects.values()))
    assert code not in stored
    assert letters not in stored


def test_recovery_code_of_a_colleague_opens_nothing(administrator: User, app: AuthenticatorApp, editor: User) -> None:
    of_another = new_recovery_codes(editor)[0]
    client = give_password(administrator)
    assert client.post(STEP, {"code": of_another}).status_code == 200
    assert not opens(client)
    assert RecoveryCode.objects.count() == RECOVERY_CODES


def test_recovery_codes_alone_ask_nobody_for_a_second_step(editor: User) -> None:
    new_recovery_codes(editor)
    assert opens(give_password(editor))
