"""Wagtail's command of this name, made to work like the worker: languages together, through the gate."""

from __future__ import annotations

from typing import Any

from wagtail.management.commands import publish_scheduled

from publishing.missed import forget_settled
from publishing.models import MissedPublication
from publishing.scheduled import Failed, expire_next, publish_next


class Command(publish_scheduled.Command):
    help = "Publishes and expires what is due, all languages of a content together. The worker does so every minute."

    def handle(self, *args: Any, **options: Any) -> None:
        if options["dryrun"]:
            super().handle(*args, **options)
            return
        failed: Failed = set()
        counts = {"expired": 0, "tried": 0}
        while expire_next(failed):
            counts["expired"] += 1
        while publish_next(failed):
            counts["tried"] += 1
        forget_settled()
        missed = MissedPublication.objects.count()
        self.stdout.write(f"Expired: {counts['expired']}; due: {counts['tried']}; could not come out: {missed}")
