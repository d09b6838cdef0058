from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from core.processing.progress import Progress
from publishing.document_signals import documents_loaded
from publishing.publish import rebuild


class Command(BaseCommand):
    help = "Makes every published document anew; only what really differs becomes a change. Idempotent."

    def handle(self, *args: Any, **options: Any) -> None:
        with Progress(self.stderr, options["verbosity"]) as progress:
            changed = rebuild(progress)
        documents_loaded.send(sender=Command)
        self.stdout.write(self.style.SUCCESS(f"{changed} documents differed." if changed else "Nothing differed."))
