from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from press.inquiries.retention import anonymize_due


class Command(BaseCommand):
    help = (
        "Makes anonymous the press inquiries that were closed longer ago than INQUIRY_RETENTION_DAYS. "
        "The worker does the same by itself. Idempotent."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        number = 0
        while anonymize_due():
            number += 1
        self.stdout.write(self.style.SUCCESS(f"{number} press inquiries were made anonymous."))
