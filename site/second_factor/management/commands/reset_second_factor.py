from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from accounts.models import User
from second_factor.changes import reset


class Command(BaseCommand):
    help = (
        "Takes all second factors and recovery codes from an account whose owner has lost them, and ends its sessions. "
        "Whoever must have a factor sets up a new one at the next sign-in, with the password alone: make sure who asks."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("username")

    def handle(self, *args: Any, username: str, **options: Any) -> None:
        user = User.objects.filter(username=username).first()
        if user is None:
            raise CommandError(f"There is no account “{username}”.")
        said = "has no second factor any more" if reset(user, by=None) else "had no second factor"
        self.stdout.write(self.style.SUCCESS(f"The account “{username}” {said}."))
