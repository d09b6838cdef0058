from __future__ import annotations

import time
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from core.processing.progress import Progress
from search import verification
from search.engines.base import EngineUnavailable
from search.engines.elasticsearch import indexer, indices
from search.engines.elasticsearch.client import WRITE_SECONDS, client, failures
from search.engines.elasticsearch.state import end_of_log, is_complete, positions, seconds_behind
from search.engines.embedded.indexer import rebuild as rebuild_embedded


class Command(BaseCommand):
    help = (
        "Makes the indices of search anew (rebuild), compares them with what is published (verify), or says how they "
        "are (status). Elasticsearch's are those of ELASTICSEARCH_URL; the database has its own. The worker keeps all "
        "of them up to date by itself: this is for doubt, and after a backup was restored. Idempotent."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("action", choices=["rebuild", "verify", "status"], help="what to do")
        parser.add_argument("--elasticsearch-only", action="store_true", help="leave out the index in the database")

    def handle(self, *args: Any, action: str, elasticsearch_only: bool, **options: Any) -> None:
        actions = {"rebuild": self._rebuild, "verify": self._verify, "status": self._status}
        try:
            actions[action](elasticsearch_only, options["verbosity"])
        except EngineUnavailable as error:
            raise CommandError(f"Elasticsearch did not do it: {error}") from error

    def _rebuild(self, elasticsearch_only: bool, verbosity: int) -> None:
        """Build new indices alongside the old ones, which answer until the new ones are complete."""
        if not elasticsearch_only:
            started = time.monotonic()
            with Progress(self.stderr, verbosity) as progress:
                number = rebuild_embedded(progress)
            self._done(f"database: {number} documents indexed in {time.monotonic() - started:.1f} s.")
        if settings.ELASTICSEARCH_URL:
            started = time.monotonic()
            with Progress(self.stderr, verbosity) as progress:
                number = indexer.build(progress, anew=True)
            self._done(f"Elasticsearch: {number} changes indexed in {time.monotonic() - started:.1f} s.")
        elif elasticsearch_only:
            raise CommandError("ELASTICSEARCH_URL is not set.")

    def _verify(self, elasticsearch_only: bool, verbosity: int) -> None:
        held = {} if elasticsearch_only else {"database": verification.held_by_embedded()}
        if settings.ELASTICSEARCH_URL:
            indexer.catch_up()
            held["Elasticsearch"] = verification.held_by_elasticsearch()
        differences = {name: verification.difference(documents) for name, documents in held.items()}
        for name, difference in differences.items():
            self.stdout.write(f"{name}: {difference}.")
        if any(differences.values()):
            raise CommandError("Run `manage.py search_index rebuild`.")
        self._done("Nothing differs.")

    def _status(self, elasticsearch_only: bool, verbosity: int) -> None:
        end = end_of_log()
        self.stdout.write(f"The change log ends at {end}.")
        if not elasticsearch_only:
            self.stdout.write(f"database: {len(verification.held_by_embedded())} documents.")
        if settings.ELASTICSEARCH_URL:
            self._status_of_elasticsearch(end)
        else:
            self.stdout.write("Elasticsearch: ELASTICSEARCH_URL is not set; the database answers.")

    def _status_of_elasticsearch(self, end: int) -> None:
        with failures():
            reader = client(WRITE_SECONDS)
            found = indices.existing(reader)
            counts = {index.name: reader.count(index=index.name)["count"] for index in found}
        known = positions(found)
        for index in found:
            state = "answers" if index.is_read else "is not asked"
            version = "" if index.is_current else ", of another version"
            position = known.get(index.name, 0)
            self.stdout.write(
                f"{index.name}: {counts[index.name]} documents, {state}, at {position} of {end}{version}."
            )
        served = indices.served(found)
        if is_complete(served):
            self._done(f"Elasticsearch is complete, {seconds_behind(served):.0f} s behind.")
        else:
            self.stdout.write("Elasticsearch is not complete: the database answers until the worker has filled it.")

    def _done(self, message: str) -> None:
        self.stdout.write(self.style.SUCCESS(message))
