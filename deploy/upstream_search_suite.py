"""Runs upstream's tests of a search backend in this process: `python -m deploy.upstream_search_suite BACKEND FIXTURES
OUTCOME`, with upstream's source first on the path. Started by upstream_search_tests.

The tests are upstream's to the letter; what surrounds them is ours. Upstream makes seven indices anew before each of
its tests, which takes a quarter of an hour for a backend; here each index is made once, and emptied and filled again
before a test where the one before wrote to it.
"""

from __future__ import annotations

import json
import os
import re
import sys
import unittest
from datetime import time
from pathlib import Path
from typing import Any

READS = re.compile(r"/(_search|_count|_refresh|_mapping|_alias)\b")
# Upstream's tests name it.
PREFIX = "modelsearchtest_"


def main() -> None:
    backend, fixtures, outcome = sys.argv[1:]
    _configure(backend, fixtures)
    from django.test.runner import DiscoverRunner
    from modelsearch.tests.test_elasticsearch9_backend import TestElasticsearch9SearchBackend as Tests

    Tests.backend_path = backend
    _fill_indices_instead_of_making_them()
    results: list[unittest.TestResult] = []

    class Runner(DiscoverRunner):
        def run_suite(self, suite: Any, **options: Any) -> Any:
            results.append(super().run_suite(suite, **options))
            return results[-1]

    Runner(verbosity=1, interactive=False).run_tests([Tests.__module__])
    [result] = results
    bad = [*result.failures, *result.errors, *((test, "") for test in result.unexpectedSuccesses)]
    failed = sorted({re.sub(r" \(.*", "", str(test)) for test, _ in bad})
    Path(outcome).write_text(json.dumps({"run": result.testsRun, "failed": failed}))
    _delete_indices()


def _configure(backend: str, fixtures: str) -> None:
    import django
    from django.conf import settings

    search = {"BACKEND": backend, "URLS": [os.environ["ELASTICSEARCH_URL"].split(",")[0]], "INDEX_PREFIX": PREFIX}
    settings.configure(
        INSTALLED_APPS=[
            "modelsearch.test.testapp", "modelsearch", "taggit", "django.contrib.auth", "django.contrib.contenttypes",
        ],
        DATABASES={"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:"}},
        DEFAULT_AUTO_FIELD="django.db.models.AutoField",
        FIXTURE_DIRS=[fixtures],
        MODELSEARCH_BACKENDS={"default": search},
        USE_TZ=True,
    )  # fmt: skip
    django.setup()


def _fill_indices_instead_of_making_them() -> None:
    """Give each test what upstream's own set-up would give it."""
    from django.core import management
    from modelsearch.tests.test_backends import BackendTestSetupMixin

    set_up, call_command = BackendTestSetupMixin.setUp, management.call_command
    written = _watch_writing()
    made: set[str] = set()

    def prepare(test: Any) -> None:
        def fill(command: str, *arguments: Any, **options: Any) -> Any:
            if command != "rebuild_modelsearch_index" or test.backend_name not in made:
                made.add(test.backend_name)
                return call_command(command, *arguments, **options)
            return _fill(test.backend, written)

        _add_rows()
        management.call_command = fill  # type: ignore[assignment]
        try:
            set_up(test)
        finally:
            management.call_command = call_command
        written.clear()

    BackendTestSetupMixin.setUp = prepare


def _watch_writing() -> set[str]:
    """Where something was written since the set was emptied: names of aliases, or of the indices behind them."""
    from elastic_transport import Transport

    written: set[str] = set()
    perform = Transport.perform_request

    def watch(transport: Transport, method: str, target: str, **options: Any) -> Any:
        if method not in ("GET", "HEAD") and not READS.search(target):
            written.add(re.split("[/?]", target)[1])
        return perform(transport, method, target, **options)

    Transport.perform_request = watch  # type: ignore[method-assign, assignment]
    return written


def _fill(backend: Any, written: set[str]) -> None:
    from modelsearch.index import get_indexed_models
    from modelsearch.management.commands.rebuild_modelsearch_index import group_models_by_index

    for index, models in group_models_by_index(backend, get_indexed_models()).items():
        if not any(name.startswith(index.name) or not name.startswith(PREFIX) for name in written):
            continue
        index.es.delete_by_query(index=index.name, query={"match_all": {}}, refresh=True, conflicts="proceed")
        for model in models:
            index.add_items(model, list(model.get_indexed_objects()))
        index.refresh()


def _add_rows() -> None:
    """What the tests ask for and the older data lacks."""
    from modelsearch.test.testapp.models import AgendaItem, Meeting, MPAnimal, NSAnimal, Speaker

    for name, hour in (("Breakfast yoga", 8), ("Evening yoga", 18), ("Stand-up meeting", 10)):
        meeting = Meeting.objects.create(name=name, start_time=time(hour))
    item = AgendaItem.objects.create(meeting=meeting, topic="Old cases")
    Speaker.objects.create(agenda_item=item, name="Arthur Conan Doyle")
    for animal in (MPAnimal, NSAnimal):
        root = animal.add_root(name="Animal")
        for group, kinds in (("Mammal", ("Dog", "Cat")), ("Reptile", ("Snake", "Lizard"))):
            parent = animal.objects.get(pk=root.pk).add_child(name=group)
            for kind in kinds:
                animal.objects.get(pk=parent.pk).add_child(name=kind)


def _delete_indices() -> None:
    from modelsearch.backends import get_search_backend

    client = get_search_backend().es
    for name in client.indices.get(index=f"{PREFIX}*", features="aliases"):
        client.indices.delete(index=name)


if __name__ == "__main__":
    main()
