from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from bundles.exporter import export
from core.processing.progress import Progress


class Command(BaseCommand):
    help = "Writes the public content into a folder of Markdown that load_content reads (docs/content-bundle.md)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folder", type=Path, help="a folder that does not exist or is empty")

    def handle(self, *args: Any, folder: Path, **options: Any) -> None:
        try:
            with Progress(self.stderr, options["verbosity"]) as progress:
                counts = export(folder, progress)
        except FileExistsError:
            raise CommandError(f"{folder} is not empty: name a new folder.") from None
        for kind, number in sorted(counts.items()):
            self.stdout.write(f"{kind}: {number}")
        self.stdout.write(self.style.SUCCESS(f"Written to {folder}."))
