"""A passkey opens its own account, on this site, once for each challenge, and only if its owner was verified."""

from __future__ import annotations

import json
import time
from typing import Any
from unittest import mock

import pytest
from django.test import Client
from pytest_django import Settings

from accounts.models import User
from second_factor.models import Passkey
from tests.second_factors import FIRST, LOGIN, STEP, give_app, give_password, sign_in
from tests.software_key import PRESENT, SoftwareKey

pytestmark = pytest.mark.django_db

ADD = "/admin/second-factor/passkeys/"
USE = f"{STEP}passkey/"
FIRST_PASSKEY = f"{FIRST}passkey/"
PARTS = (
    '{"id": "eA", "rawId": "eA", "type": "public-key", "response": {"authenticatorData": "", "signature": "",'
    ' "clientDataJSON": "%s", "attestationObject": "%s"}}'
)
HOSTILE = [
    "", "null", "[]", "{}", "1", '"x"', "{", '{"id": "x", "rawId": "x", "type": "public-key", "response": {}}',
    '{"rawId": 1, "response": 2}', "\x00", "[" * 5000,
    PARTS % ("e30", "e30"), PARTS % ("/w", "oA"), PARTS % ("", ""),
]  # fmt: skip


def add(client: Client, key: SoftwareKey, address: str = ADD, **more: str) -> Any:
    asked = client.post(address, {"name": "My key", **more})
    if asked.status_code != 200:
        return asked
    return client.post(address, {"name": "My key", "answer": key.made(asked.json()), **more})


def use(client: Client, key: SoftwareKey) -> Any:
    return client.post(USE, {"answer": key.used(client.post(USE).json())})


def opens(client: Client) -> bool:
    return bool(client.get("/admin/").status_code == 200)


@pytest.fixture
def key(editor: User) -> SoftwareKey:
    """The passkey of the editor."""
    key = SoftwareKey()
    assert add(give_password(editor), key).json() == {"next": "/admin/second-factor/recovery-codes/"}
    return key


def test_passkey_signs_its_owner_in(editor: User, key: SoftwareKey) -> None:
    client = give_password(editor, next="/admin/pages/")
    assert not opens(client)
    asked = client.post(USE).json()["publicKey"]
    assert (asked["userVerification"], asked["rpId"], len(asked["allowCredentials"])) == ("required", "testserver", 1)
    assert use(client, key).json() == {"next": "/admin/pages/"}
    assert opens(client)
    assert Passkey.objects.get().last_used_at is not None


def test_session_of_a_passkey_ends_with_it(editor: User, key: SoftwareKey) -> None:
    give_app(editor)
    clients = [give_password(editor) for _ in range(2)]
    for client in clients:
        use(client, key)
    clients[0].post(f"{ADD}{Passkey.objects.get().pk}/remove/")
    assert [opens(client) for client in clients] == [True, False]


@pytest.mark.parametrize(
    "wrong",
    [
        {"flags": PRESENT},
        {"flags": 0},
        {"origin": "https://testserver"},
        {"origin": "http://testserver.example.org"},
        {"host": "example.org"},
        {"id": b"another"},
    ],
)
def test_answer_that_proves_less_opens_nothing(editor: User, key: SoftwareKey, wrong: dict[str, Any]) -> None:
    for name, value in wrong.items():
        setattr(key, name, value)
    client = give_password(editor)
    assert use(client, key).status_code == 400
    assert not opens(client)


@pytest.mark.parametrize("wrong", [{"flags": PRESENT}, {"origin": "https://example.org"}, {"host": "example.org"}])
def test_passkey_that_proves_less_is_not_added(editor: User, wrong: dict[str, Any]) -> None:
    key = SoftwareKey()
    for name, value in wrong.items():
        setattr(key, name, value)
    assert add(give_password(editor), key).status_code == 400
    assert not Passkey.objects.exists()


def test_signature_of_another_key_opens_nothing(editor: User, key: SoftwareKey) -> None:
    other = SoftwareKey()
    other.id = key.id
    client = give_password(editor)
    assert use(client, other).status_code == 400
    assert not opens(client)


def test_passkey_of_a_colleague_opens_nothing(editor: User, key: SoftwareKey) -> None:
    colleague = User.objects.create_superuser("a-colleague", "colleague@example.org", "a password of the tests")
    give_app(colleague)
    client = give_password(colleague)
    assert use(client, key).status_code == 400
    assert not opens(client)


def test_challenge_is_good_for_one_answer(editor: User, key: SoftwareKey) -> None:
    client = give_password(editor)
    answer = key.used(client.post(USE).json())
    assert client.post(USE, {"answer": "{}"}).status_code == 400
    assert client.post(USE, {"answer": answer}).status_code == 400
    assert not opens(client)
    other = give_password(editor)
    other.post(USE)
    assert other.post(USE, {"answer": answer}).status_code == 400
    assert not opens(other)


def test_key_that_counts_backwards_is_a_copy(editor: User, key: SoftwareKey) -> None:
    answers = []
    for count in (5, 6, 6, 4, 0, 7):
        key.count = count
        answers.append(use(give_password(editor), key).status_code)
    assert answers == [200, 200, 400, 400, 400, 200]


def test_key_that_does_not_count_is_good_every_time(editor: User, key: SoftwareKey) -> None:
    assert [use(give_password(editor), key).status_code for _ in range(2)] == [200, 200]


@pytest.mark.parametrize("answer", HOSTILE)
def test_nothing_that_is_sent_is_an_error_of_the_site(editor: User, key: SoftwareKey, answer: str) -> None:
    client = give_password(editor)
    client.post(USE)
    assert client.post(USE, {"answer": answer}).status_code == 400
    inside = sign_in(editor, give_app(editor))
    inside.post(ADD, {"name": "x"})
    assert inside.post(ADD, {"name": "x", "answer": answer}).status_code == 400
    assert Passkey.objects.count() == 1


def test_key_is_added_once_to_one_account(editor: User, key: SoftwareKey) -> None:
    client = sign_in(editor, give_app(editor))
    asked = client.post(ADD, {"name": "x"}).json()["publicKey"]
    assert len(asked["excludeCredentials"]) == 1
    assert add(client, key).status_code == 400
    colleague = User.objects.create_superuser("a-colleague", "colleague@example.org", "a password of the tests")
    assert add(give_password(colleague), key).status_code == 400
    assert list(Passkey.objects.values_list("user", flat=True)) == [editor.pk]


def test_crafted_form_adds_no_passkey_to_another(editor: User) -> None:
    colleague = User.objects.create_superuser("a-colleague", "colleague@example.org", "a password of the tests")
    of_another = {"user": str(colleague.pk), "user_id": str(colleague.pk), "username": colleague.username}
    assert add(give_password(editor), SoftwareKey(), **of_another).status_code == 200
    assert list(Passkey.objects.values_list("user", flat=True)) == [editor.pk]


def test_password_alone_adds_no_passkey_where_there_is_a_factor(editor: User, key: SoftwareKey) -> None:
    client = give_password(editor)
    assert client.post(FIRST_PASSKEY, {"name": "x"}).status_code == 400
    assert client.post(ADD, {"name": "x"})["Location"].startswith(LOGIN)
    assert Passkey.objects.count() == 1


def test_first_factor_may_be_a_passkey(editor: User, settings: Settings) -> None:
    settings.SECOND_FACTOR_ROLES = ["everybody"]
    client = give_password(editor)
    assert not opens(client)
    assert add(client, SoftwareKey(), FIRST_PASSKEY).json() == {"next": "/admin/second-factor/recovery-codes/"}
    assert opens(client)


def test_adding_asks_for_the_password_of_who_signed_in_a_while_ago(editor: User) -> None:
    client = give_password(editor)
    with mock.patch("second_factor.half.time.time", return_value=time.time() + 601):
        answer = client.post(ADD, {"name": "x"})
    assert answer["Location"] == "/admin/second-factor/confirm/?next=/admin/second-factor/"


def test_address_without_a_name_has_no_passkeys(editor: User, settings: Settings) -> None:
    settings.WAGTAILADMIN_BASE_URL = "http://127.0.0.1:8000"
    client = give_password(editor)
    assert client.post(ADD, {"name": "x"}).status_code == 404
    assert "data-passkey" not in client.get("/admin/second-factor/").content.decode()


def test_passkey_needs_a_name_and_a_challenge(editor: User, key: SoftwareKey) -> None:
    client = sign_in(editor, give_app(editor))
    assert "name" in client.post(ADD, {"name": " "}).json()["error"]
    assert client.post(ADD, {"name": "x", "answer": json.dumps({})}).status_code == 400
    for address in (USE, FIRST_PASSKEY):
        assert Client().post(address)["Location"] == LOGIN
        assert Client().get(address)["Location"] == LOGIN
