"""Runs a separate site, as served by `make run`, with additional states that the sample content lacks."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import UUID, uuid4

from tests.browser.pages import LANGUAGES
from tests.loaded_site.keeping import copy_files_of_the_loaded_site

ROOT = Path(__file__).resolve().parents[2]


@contextmanager
def own_site(folder: Path) -> Iterator[str]:
    """Run a site with all states and its data in `folder`, and yield its address."""
    with served(folder) as address:
        program = [sys.executable, "-m", "tests.browser.own_site"]
        subprocess.run(program, cwd=ROOT, env=_environment(folder) | {"BASE_URL": address}, check=True)
        yield address


@contextmanager
def served(folder: Path, name: str = "127.0.0.1", **variables: str) -> Iterator[str]:
    """Run a site as `make run` does on its second run, with the content that is loaded once for all tests.

    Yield its address, in which it has this `name`. `variables` are set in its environment. Raise RuntimeError with its
    log if it does not start.
    """
    copy_files_of_the_loaded_site(folder)
    port = _free_port()
    address = f"http://{name}:{port}"
    own = {"HOST": "127.0.0.1", "PORT": str(port), "BASE_URL": address}
    environment = _environment(folder) | own | variables
    with (folder / "log").open("w") as log:
        server = subprocess.Popen(
            [sys.executable, "-m", "deploy.run"], cwd=ROOT, env=environment, stdout=log, stderr=log
        )
        try:
            _wait_for(address, server, folder / "log")
            yield address
        finally:
            server.terminate()
            server.wait(timeout=20)


def _environment(folder: Path) -> dict[str, str]:
    unset = ("DATABASE_URL", "BASE_URL", "ELASTICSEARCH_URL")
    return {key: value for key, value in os.environ.items() if key not in unset} | {
        "DJANGO_SETTINGS_MODULE": "config.settings.dev",
        "DATA_FOLDER": str(folder),
        "DATABASE_URL": f"sqlite:///{folder / 'database.sqlite3'}",
        "EMAIL_URL": f"file://{folder / 'mail'}",
    }


def _free_port() -> int:
    with socket.socket() as candidate:
        candidate.bind(("127.0.0.1", 0))
        return int(candidate.getsockname()[1])


def _wait_for(address: str, server: subprocess.Popen[bytes], log: Path) -> None:
    for _ in range(600):
        if server.poll() is not None:
            break
        try:
            with urllib.request.urlopen(f"{address}/robots.txt", timeout=5):
                return
        except OSError:
            time.sleep(0.5)
    raise RuntimeError(f"The site did not start:\n{log.read_text()}")


def make_states() -> None:
    """Create private pages, and for each language a page that does not exist in it (tests.browser.pages.STATES)."""
    import django

    sys.path[:0] = [str(ROOT / "site")]
    django.setup()
    from wagtail.models import PageViewRestriction

    from core.content_types.identity import content_id_of
    from home.models import StandardPage
    from tests.factories import make_page

    def make(language: str, slug: str, content: UUID) -> StandardPage:
        about = StandardPage.objects.get(
            translation_key=content_id_of("pages", "about"), locale__language_code=language
        )
        page: StandardPage = make_page(StandardPage, language, parent=about, slug=slug, translation_key=content)
        return page

    private = uuid4()
    for language in LANGUAGES:
        page = make(language, "private", private)
        PageViewRestriction.objects.create(
            page=page, restriction_type=PageViewRestriction.PASSWORD, password=str(uuid4())
        )
        missing = uuid4()
        for other in LANGUAGES:
            if other != language:
                make(other, f"missing-in-{language}", missing)


if __name__ == "__main__":
    make_states()
