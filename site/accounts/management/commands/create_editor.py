from __future__ import annotations

import secrets
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.db import transaction

from accounts.models import User
from accounts.roles import communications_group, press_managers_group, press_officers_group

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
            choices=ROLES,
            help="what the person does; may be given several times. communications: all content, no inquiries (if none "
            "is given). press-officer: reads and answers inquiries. press-manager: also exports them and sets up desks",
        )
        parser.add_argument("--new-password", action="store_true", help="give an existing account a new password")

    @transaction.atomic
    def handle(
        self, *args: Any, username: str, email: str, new_password: bool, roles: list[str] | None, **options: Any
    ) -> None:
        groups = {role: group() for role, group in ROLES.items()}
        user, created = User.objects.get_or_create(
            username=username, defaults={"email": email, "first_name": "Communications", "last_name": "Staff"}
        )
        user.groups.add(*(groups[role] for role in roles or ["communications"]))
        if not created and not new_password:
            self.stdout.write(
                f"The account “{username}” exists. A new password: manage.py create_editor --new-password"
            )
            return
        password = secrets.token_urlsafe(15)
        user.set_password(password)
        user.save()
        self.stdout.write(self.style.SUCCESS(f"Editor's account: {username}   password: {password}   (shown only now)"))
