from __future__ import annotations

import secrets
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.contrib.auth.models import Group
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from accounts.language_roles import LANGUAGE_ROLES, NoHomePageError, language_group
from accounts.models import User
from accounts.roles import communications_group, press_managers_group, press_officers_group

LANGUAGES = [language.code for language in settings.SITE_LANGUAGES]
ROLES = {
    "communications": communications_group,
    "press-officer": press_officers_group,
    "press-manager": press_managers_group,
}


class Command(BaseCommand):
    help = (
        "Creates an account of staff with a random password, which is printed once. Where the account exists, it is "
        "given the roles that it lacks and keeps its password."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--username", default="editor")
        parser.add_argument("--email", default="editor@localhost.localdomain")
        parser.add_argument(
            "--role",
            dest="roles",
            action="append",
            choices=[*ROLES, *LANGUAGE_ROLES],
            help="what the person does; may be given several times. communications: all content, no inquiries (if none "
            "is given). press-officer: answers inquiries. press-manager: also exports them and sets up desks. "
            "writer, translator, reviewer, publisher: in the languages that --language names",
        )
        parser.add_argument(
            "--language",
            dest="languages",
            action="append",
            choices=LANGUAGES,
            help="in which language somebody writes, translates, reviews or publishes; may be given several times. "
            "If none is given: in all",
        )
        parser.add_argument("--new-password", action="store_true", help="give an existing account a new password")

    @transaction.atomic
    def handle(
        self,
        *args: Any,
        username: str,
        email: str,
        new_password: bool,
        roles: list[str] | None,
        languages: list[str] | None = None,
        **options: Any,
    ) -> None:
        roles = roles or ["communications"]
        if languages and not LANGUAGE_ROLES.keys() & set(roles):
            raise CommandError(f"--language goes with --role {', '.join(LANGUAGE_ROLES)}")
        groups = _groups(roles, languages or LANGUAGES)
        user, created = User.objects.get_or_create(
            username=username, defaults={"email": email, "first_name": "Communications", "last_name": "Staff"}
        )
        user.groups.add(*groups)
        if not created and not new_password:
            self.stdout.write(
                f"The account “{username}” exists. A new password: manage.py create_editor --new-password"
            )
            return
        password = secrets.token_urlsafe(15)
        user.set_password(password)
        user.save()
        self.stdout.write(self.style.SUCCESS(f"Editor's account: {username}   password: {password}   (shown only now)"))


def _groups(roles: list[str], languages: list[str]) -> list[Group]:
    """Return the groups of these roles. Those that everybody needs are made or repaired, whatever is asked for."""
    of_all = {role: group() for role, group in ROLES.items()}
    try:
        return [
            *(of_all[role] for role in roles if role in of_all),
            *(language_group(role, language) for role in roles if role in LANGUAGE_ROLES for language in languages),
        ]
    except NoHomePageError as error:
        raise CommandError(f"There are no pages in the language “{error}” yet: make its home page first.") from error
