from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from accounts.models import User
from signing_in.guard import unlock


class Command(BaseCommand):
    help = (
        "Lets an account be signed in to again at once after too many wrong passwords. Nothing else about it changes; "
        "a network that is locked stays so for up to a quarter of an hour."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("username")

    def handle(self, *args: Any, username: str, **options: Any) -> None:
        if not User.objects.filter(username=username).exists():
            raise CommandError(f"There is no account “{username}”.")
        was_counted = unlock(username)
        said = "is unlocked" if was_counted else "was not locked: nobody has tried a wrong password today"
        self.stdout.write(self.style.SUCCESS(f"The account “{username}” {said}."))
