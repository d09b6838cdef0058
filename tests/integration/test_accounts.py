"""The accounts of staff: the rights that the command that creates them grants, and those that it does not."""

from __future__ import annotations

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from accounts.models import User
from accounts.roles import COMMUNICATIONS, PRESS_MANAGERS, PRESS_OFFICERS

pytestmark = pytest.mark.django_db


def make(*options: str) -> tuple[User, str]:
    output = StringIO()
    call_command("create_editor", "--username", "leila", *options, stdout=output)
    return User.objects.get(username="leila"), output.getvalue()


def groups_of(user: User) -> set[str]:
    return set(user.groups.values_list("name", flat=True))


def test_a_new_colleague_reads_no_inquiries_unless_that_is_asked_for() -> None:
    user, said = make()
    assert groups_of(user) == {COMMUNICATIONS}
    assert user.has_perm("wagtailadmin.access_admin")
    assert not [name for name in user.get_all_permissions() if name.startswith("press.") and "inquiry" in name]
    assert user.check_password(said.split("password: ")[1].split()[0])


@pytest.mark.parametrize(
    ("roles", "groups", "inquiries"),
    [
        (("press-officer",), {PRESS_OFFICERS}, {"view", "answer"}),
        (("press-manager",), {PRESS_MANAGERS}, {"view", "answer", "export"}),
        (("communications", "press-officer"), {COMMUNICATIONS, PRESS_OFFICERS}, {"view", "answer"}),
    ],
)
def test_an_account_is_given_the_roles_that_are_named(
    roles: tuple[str, ...], groups: set[str], inquiries: set[str]
) -> None:
    user, _said = make(*(f"--role={role}" for role in roles))
    assert groups_of(user) == groups
    actions = ("view", "answer", "export", "change", "delete")
    assert {action for action in actions if user.has_perm(f"press.{action}_inquiry")} == inquiries


def test_a_role_that_does_not_exist_is_refused() -> None:
    with pytest.raises(CommandError, match="press-chief"):
        make("--role=press-chief")


def test_an_account_that_exists_is_given_a_role_and_keeps_its_password() -> None:
    user, said = make()
    password = said.split("password: ")[1].split()[0]
    make("--role=press-officer")
    user.refresh_from_db()
    assert groups_of(user) == {COMMUNICATIONS, PRESS_OFFICERS}
    assert user.check_password(password)
