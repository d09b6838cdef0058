from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from bundles.loader import load
from bundles.problems import BundleError
from bundles.reader import read_bundle
from bundles.summary import Summary
from core.processing.progress import Progress
from publishing.document_signals import documents_loaded


class Command(BaseCommand):
    help = "Creates or updates pages and their translations from a folder of Markdown (docs/content-bundle.md)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folder", type=Path, help="the folder of the bundle")
        parser.add_argument("--dry-run", action="store_true", help="check everything and say what would change")

    def handle(self, *args: Any, folder: Path, dry_run: bool, **options: Any) -> None:
        try:
            bundle = read_bundle(folder)
            if bundle.is_sample and not settings.SAMPLE_CONTENT:
                raise CommandError(f"{folder} holds sample content, which is not loaded in production.")
            with Progress(self.stderr, options["verbosity"]) as progress:
                summary = load(bundle, dry_run=dry_run, progress=progress)
        except BundleError as error:
            lines = "\n  ".join(str(problem) for problem in error.problems)
            raise CommandError(f"Nothing was changed. {len(error.problems)} to correct:\n  {lines}") from None
        if not dry_run:
            documents_loaded.send(sender=Command)
        self._report(summary, dry_run)

    def _report(self, summary: Summary, dry_run: bool) -> None:
        kinds = sorted({kind for kind, _ in summary.counts})
        for kind in kinds:
            numbers = [f"{summary.counts[kind, action]} {action}" for action in ("created", "updated", "unchanged")]
            self.stdout.write(f"{kind}: {', '.join(numbers)}")
        self.stdout.write(f"files: {summary.files_added} added")
        for slug in summary.named_topics:
            self.stdout.write(
                f"The topic “{slug}” was not known: it is named after its code until you name it in three languages."
            )
        for file in summary.without_description:
            self.stdout.write(f"{file}: its image has no image_alt, so it counts as decoration.")
        done = "Nothing to change." if not summary.changed else "Loaded."
        self.stdout.write(self.style.SUCCESS("Dry run: nothing was changed." if dry_run else done))
