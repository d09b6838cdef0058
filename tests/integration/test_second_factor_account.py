"""Factors are set up by their owner, required by role, taken away by an administrator, and every change is told."""

from __future__ import annotations

import re
import time
from typing import Any
from unittest import mock

import pytest
from django.contrib.auth.models import Group, Permission
from django.core.management import CommandError, call_command
from django.test import Client
from pytest_django import Settings
from wagtail.models import ModelLogEntry
from wagtail.users.models import UserProfile

from accounts.models import User
from accounts.roles import communications_group, press_managers_group, press_officers_group
from mailing.models import OutgoingMessage
from second_factor.codes import RECOVERY_CODES, new_recovery_codes
from second_factor.models import FACTORS, AuthenticatorApp, RecoveryCode, RecoveryCodes
from tests.second_factors import FIRST, LOGIN, PASSWORD, STEP, Clock, clock, code_of, give_app, give_password, sign_in

pytestmark = pytest.mark.django_db
__all__ = ["clock"]

PAGE = "/admin/second-factor/"
NEW_APP = f"{PAGE}apps/new/"
CODES = f"{PAGE}recovery-codes/"


@pytest.fixture
def administrator(db: None) -> User:
    return User.objects.create_superuser("an-administrator", "administrator@example.org", PASSWORD)


def opens(client: Client, address: str = "/admin/") -> bool:
    return bool(client.get(address).status_code == 200)


def secret_shown(response: Any) -> str:
    shown = re.search(r'<bdi dir="ltr">([A-Z2-7 ]+)</bdi>', response.content.decode())
    assert shown
    return shown[1].replace(" ", "")


def add_app(client: Client, address: str = NEW_APP, name: str = "Office phone", **more: str) -> Any:
    secret = secret_shown(client.get(address))
    return client.post(address, {"name": name, "code": code_of(secret)} | more)


def told(user: User) -> list[str]:
    about = f"accounts.user:{user.pk}"
    messages = OutgoingMessage.objects.filter(purpose="second-factor", about=about).order_by("pk")
    return [str(message.email().body).strip().splitlines()[0] for message in messages]


def history(user: User) -> list[str]:
    entries = ModelLogEntry.objects.filter(object_id=str(user.pk), action__startswith="second_factor.")
    return [entry.action.removeprefix("second_factor.") for entry in entries.order_by("pk")]


# Setting up


def test_app_counts_once_it_has_shown_a_code(editor: User) -> None:
    client = give_password(editor)
    page = client.get(NEW_APP)
    secret = secret_shown(page)
    assert secret_shown(client.get(NEW_APP)) == secret
    assert client.post(NEW_APP, {"name": "x", "code": code_of(secret, 5)}).status_code == 200
    assert not AuthenticatorApp.objects.exists()
    assert client.post(NEW_APP, {"name": "Office phone", "code": code_of(secret)})["Location"] == CODES
    app = AuthenticatorApp.objects.get(user=editor)
    assert (app.name, app.secret) == ("Office phone", secret)
    assert opens(client)
    assert told(editor)[0].startswith("“Office phone” was added to your account. From now on you sign in with it")
    assert (len(told(editor)), history(editor)) == (1, ["added"])
    assert secret_shown(client.get(NEW_APP)) != secret


def test_code_that_set_an_app_up_signs_nobody_in(editor: User) -> None:
    add_app(give_password(editor))
    app = AuthenticatorApp.objects.get()
    client = give_password(editor)
    assert client.post(STEP, {"code": code_of(app.secret)}).status_code == 200
    assert client.post(STEP, {"code": code_of(app.secret, 1)}).status_code == 302


def test_first_factor_ends_all_other_sessions(editor: User) -> None:
    other, here = give_password(editor), give_password(editor)
    assert opens(other)
    add_app(here)
    assert opens(here)
    assert not opens(other)


def test_qr_code_says_what_the_page_says(editor: User) -> None:
    from second_factor.setting_up import address_of, drawing_of

    address = address_of(editor, "A" * 32)
    assert address.startswith("otpauth://totp/IOM%20MENA:an-editor?secret=" + "A" * 32)
    assert drawing_of(address) != drawing_of(address_of(editor, "B" * 32))
    client = give_password(editor)
    page = client.get(NEW_APP)
    assert drawing_of(address_of(editor, secret_shown(page))) in page.content.decode()


def test_crafted_form_adds_no_factor_to_the_account_of_another(editor: User, administrator: User) -> None:
    client = give_password(editor)
    of_another = {"user": str(administrator.pk), "user_id": str(administrator.pk), "username": administrator.username}
    add_app(client, **of_another)
    assert list(AuthenticatorApp.objects.values_list("user", flat=True)) == [editor.pk]
    client.post(CODES, of_another)
    assert set(RecoveryCodes.objects.values_list("user", flat=True)) == {editor.pk}


def test_nobody_removes_the_factor_of_another(editor: User, administrator: User) -> None:
    app = give_app(administrator)
    client = give_password(editor)
    assert client.post(f"{PAGE}apps/{app.pk}/remove/").status_code == 404
    assert AuthenticatorApp.objects.filter(pk=app.pk).exists()


def test_recovery_codes_are_shown_once(editor: User) -> None:
    client = sign_in(editor, give_app(editor))
    assert "<li>" not in client.get(CODES).content.decode().partition("factor-text")[2]
    codes = re.findall(r"<li>([A-Z2-7-]{34})</li>", client.post(CODES).content.decode())
    assert len(codes) == RECOVERY_CODES == RecoveryCode.objects.count()
    assert not [code for code in codes if code in client.get(CODES).content.decode()]
    old = codes[0]
    client.post(CODES)
    assert give_password(editor).post(STEP, {"code": old}).status_code == 200
    assert history(editor) == ["codes_made", "codes_made"]


def test_changes_ask_for_the_password_of_who_signed_in_a_while_ago(editor: User) -> None:
    app = give_app(editor)
    client = sign_in(editor, app)
    later = time.time() + 601
    with mock.patch("second_factor.half.time.time", return_value=later):
        for address in (NEW_APP, CODES, f"{PAGE}apps/{app.pk}/remove/"):
            for method in ("GET", "POST"):
                asked = client.generic(method, address)["Location"]
                assert asked.startswith(f"{PAGE}confirm/?next=%2Fadmin%2Fsecond-factor%2F"), address
        confirm = f"{PAGE}confirm/?next={CODES}"
        assert client.post(confirm, {"password": "wrong"}).status_code == 200
        assert client.get(CODES).status_code == 302
        assert client.post(confirm, {"password": PASSWORD})["Location"] == CODES
        assert client.get(CODES).status_code == 200
    assert RecoveryCode.objects.count() == 0
    assert AuthenticatorApp.objects.count() == 1


def test_password_is_not_guessed_there_either(editor: User, clock: Clock) -> None:
    client = give_password(editor)
    del client.cookies["known_browser"]  # which browsers send to the page for signing in alone
    answers = [client.post(f"{PAGE}confirm/", {"password": "wrong"}) for _ in range(7)]
    assert [answer.status_code for answer in answers] == [200] * 6 + [429]
    assert int(answers[-1].headers["Retry-After"]) >= 1


@pytest.mark.parametrize("elsewhere", ["https://example.org/", "//example.org/", "javascript:alert(1)"])
def test_confirming_leads_nowhere_else(editor: User, elsewhere: str) -> None:
    client = give_password(editor)
    assert client.post(f"{PAGE}confirm/?next={elsewhere}", {"password": PASSWORD})["Location"] == PAGE


def test_removed_factor_ends_the_sessions_that_it_opened(editor: User) -> None:
    first, second = give_app(editor, "First"), give_app(editor, "Second")
    of_first, of_second = sign_in(editor, first), sign_in(editor, second)
    assert of_second.post(f"{PAGE}apps/{first.pk}/remove/")["Location"] == PAGE
    assert not opens(of_first)
    assert opens(of_second)
    assert history(editor) == ["removed"]
    assert "was removed from your account" in told(editor)[0]


def test_who_removes_the_factor_of_this_session_stays_signed_in(editor: User) -> None:
    first, second = give_app(editor, "First"), give_app(editor, "Second")
    client = sign_in(editor, first)
    client.post(f"{PAGE}apps/{first.pk}/remove/")
    assert opens(client)
    new_recovery_codes(editor)
    client.post(f"{PAGE}apps/{second.pk}/remove/")
    assert opens(client)
    assert not RecoveryCode.objects.exists()
    assert opens(give_password(editor))


def test_factors_go_with_their_account(editor: User) -> None:
    give_app(editor)
    new_recovery_codes(editor)
    editor.delete()
    models: tuple[Any, ...] = (*FACTORS, RecoveryCodes, RecoveryCode)
    kept = [model for model in models if model.objects.exists()]
    assert kept == []


# Required by role


def somebody(*groups: Group, is_superuser: bool = False) -> User:
    make = User.objects.create_superuser if is_superuser else User.objects.create_user
    user: User = make("somebody", "somebody@example.org", PASSWORD)
    user.groups.add(*groups)
    return user


def test_role_that_needs_a_factor_is_what_an_account_may_do(settings: Settings) -> None:
    settings.SECOND_FACTOR_ROLES = ["administrators", "press"]
    answers = []
    for groups in ([communications_group()], [press_officers_group()], [press_managers_group()]):
        user = somebody(*groups)
        answers.append(opens(give_password(user)))
        user.delete()
    assert answers == [True, False, False]
    assert not opens(give_password(somebody(is_superuser=True)))


def test_right_to_change_accounts_makes_an_administrator_whatever_the_group_is_called(settings: Settings) -> None:
    settings.SECOND_FACTOR_ROLES = ["administrators"]
    helpers = Group.objects.create(name="Helpers")
    helpers.permissions.add(Permission.objects.get(codename="change_user"))
    helpers.permissions.add(Permission.objects.get(codename="access_admin"))
    assert not opens(give_password(somebody(helpers)))


def test_everybody_may_be_meant_and_nobody(settings: Settings, editor: User) -> None:
    settings.SECOND_FACTOR_ROLES = ["everybody"]
    assert not opens(give_password(editor))
    settings.SECOND_FACTOR_ROLES = []
    assert opens(give_password(editor))


def test_who_must_have_a_factor_sets_one_up_before_anything_opens(settings: Settings, administrator: User) -> None:
    settings.SECOND_FACTOR_ROLES = ["administrators"]
    client = give_password(administrator, next="/admin/users/")
    assert client.get(STEP)["Location"] == FIRST
    for address in ("/admin/", "/admin/users/", PAGE, NEW_APP, CODES, "/admin/account/", "/admin/api/main/pages/"):
        response = client.get(address)
        assert response.status_code == 403 or response["Location"].startswith(LOGIN), address
    assert add_app(client, FIRST)["Location"] == CODES
    assert client.post(CODES).status_code == 200
    assert opens(client)
    again = give_password(administrator)
    assert again.get(FIRST)["Location"] == STEP
    assert again.post(FIRST, {"name": "x", "code": "000000"})["Location"] == STEP


def test_password_alone_adds_no_factor_where_there_is_one(administrator: User) -> None:
    give_app(administrator)
    client = give_password(administrator)
    assert client.get(FIRST)["Location"] == STEP
    assert client.post(FIRST, {"name": "x", "code": "000000"})["Location"] == STEP
    assert client.get(NEW_APP)["Location"].startswith(LOGIN)
    assert AuthenticatorApp.objects.count() == 1


def test_session_from_before_a_factor_was_required_ends(settings: Settings, administrator: User) -> None:
    client = give_password(administrator)
    assert opens(client)
    settings.SECOND_FACTOR_ROLES = ["administrators"]
    assert not opens(client)
    assert "_auth_user_id" not in client.session


def test_last_factor_stays_where_the_role_needs_one(settings: Settings, administrator: User) -> None:
    settings.SECOND_FACTOR_ROLES = ["administrators"]
    app = give_app(administrator)
    client = sign_in(administrator, app)
    assert client.post(f"{PAGE}apps/{app.pk}/remove/")["Location"] == PAGE
    assert AuthenticatorApp.objects.filter(pk=app.pk).exists()
    assert "Your role needs a second step" in client.get(PAGE).content.decode()


# Reset


def test_administrator_resets_the_factors_of_a_colleague(administrator: User, editor: User) -> None:
    of_editor = sign_in(editor, give_app(editor))
    new_recovery_codes(editor)
    client = give_password(administrator)
    address = f"{PAGE}reset/{editor.pk}/"
    assert address in client.get(f"/admin/users/edit/{editor.pk}/").content.decode()
    assert address in client.get("/admin/users/").content.decode()
    assert client.get(address).status_code == 200
    assert AuthenticatorApp.objects.exists()
    assert client.post(address)["Location"] == f"/admin/users/edit/{editor.pk}/"
    assert not AuthenticatorApp.objects.exists()
    assert not RecoveryCode.objects.exists()
    assert not opens(of_editor)
    assert opens(give_password(editor))
    entry = ModelLogEntry.objects.get(action="second_factor.reset")
    assert (entry.user, entry.object_id) == (administrator, str(editor.pk))
    assert "has reset the two-step sign-in of your account" in told(editor)[0]
    seen = client.get(f"/admin/users/history/{editor.pk}/").content.decode()
    assert "Two-step sign-in reset" in seen


def test_reset_is_for_administrators_and_never_of_oneself_or_of_one_above(administrator: User, editor: User) -> None:
    helpers = Group.objects.create(name="Helpers")
    for name in ("change_user", "access_admin"):
        helpers.permissions.add(Permission.objects.get(codename=name))
    helper = User.objects.create_user("helper", "helper@example.org", PASSWORD)
    helper.groups.add(helpers)
    for user in (administrator, editor):
        give_app(user)
    assert give_password(helper).post(f"{PAGE}reset/{administrator.pk}/").status_code == 302
    assert AuthenticatorApp.objects.filter(user=administrator).exists()
    assert give_password(helper).post(f"{PAGE}reset/{editor.pk}/")["Location"].startswith("/admin/users/")
    assert not AuthenticatorApp.objects.filter(user=editor).exists()
    client = sign_in(administrator, AuthenticatorApp.objects.get(user=administrator))
    client.post(f"{PAGE}reset/{administrator.pk}/")
    assert AuthenticatorApp.objects.filter(user=administrator).exists()
    give_password(editor).post(f"{PAGE}reset/{administrator.pk}/")
    assert AuthenticatorApp.objects.filter(user=administrator).exists()


def test_operator_resets_from_the_machine(editor: User, capsys: pytest.CaptureFixture) -> None:
    client = sign_in(editor, give_app(editor))
    call_command("reset_second_factor", "an-editor")
    assert "has no second factor any more" in capsys.readouterr().out
    assert not opens(client)
    assert (history(editor), len(told(editor))) == (["reset"], 1)
    call_command("reset_second_factor", "an-editor")
    assert "had no second factor" in capsys.readouterr().out
    with pytest.raises(CommandError, match="nobody"):
        call_command("reset_second_factor", "nobody")


# Languages, logs


@pytest.mark.parametrize(
    ("language", "words"),
    [("ar", "تسجيل الدخول بخطوتين"), ("fr", "connexion en deux étapes"), ("en", "two-step sign-in")],
)
def test_mail_is_in_the_language_of_the_account(editor: User, language: str, words: str) -> None:
    UserProfile.objects.create(user=editor, preferred_language=language)
    give_app(editor)
    call_command("reset_second_factor", "an-editor")
    mail = OutgoingMessage.objects.get(purpose="second-factor").email()
    assert words in mail.subject
    assert words in str(mail.body)
    assert mail.extra_headers["Content-Language"] == language


@pytest.mark.parametrize(("language", "direction"), [("ar", "rtl"), ("fr", "ltr"), ("en", "ltr")])
def test_second_step_is_in_the_language_of_the_browser(editor: User, language: str, direction: str) -> None:
    give_app(editor)
    client = give_password(editor, Client(headers={"Accept-Language": language}))
    page = client.get(STEP).content.decode()
    assert re.search(rf'<html[^>]* lang="{language}"[^>]* dir="{direction}"', page)
    assert ("Second step" in page) == (language == "en")


def test_log_names_nobody_and_no_code(editor: User, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level("INFO")
    app = give_app(editor)
    client = give_password(editor)
    client.post(STEP, {"code": "a-wrong-one"})
    client.post(STEP, {"code": code_of(app.secret)})
    call_command("reset_second_factor", "an-editor")
    assert f"Account {editor.pk}: a wrong code" in caplog.text
    assert f"Second factor of account {editor.pk}: reset by the operator" in caplog.text
    for secret in ("an-editor", "a-wrong-one", app.secret, "editor@example.org"):
        assert secret not in caplog.text


def test_account_page_leads_here(editor: User) -> None:
    client = give_password(editor)
    assert f'href="{PAGE}"' in client.get("/admin/account/").content.decode()
