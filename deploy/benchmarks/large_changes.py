"""`make benchmark-large`: measure how long editors and the worker take for changes that affect thousands of contents.

Each change is the request of one button in the admin, on a section of news in three languages. DATABASE_URL and
DATA_FOLDER may name a database and a folder that an earlier run has filled, which are reused. The exit code is 1 if an
answer takes too long.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from django.test import Client
    from wagtail.models import Page

ROOT = Path(__file__).resolve().parents[2]
LONGEST_ANSWER = 2.0
Step = tuple[str, Callable[[], object]]


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n\n")[0])
    parser.add_argument("--contents", type=int, default=5000, help="how many news, in three languages (default: 5000)")
    parser.add_argument("--only", default="", metavar="WORD", help="only the changes with this word in their name")
    parser.add_argument("--answers-only", action="store_true", help="do not let the worker finish after each change")
    arguments = parser.parse_args()
    sys.path[:0] = [str(ROOT / "site"), str(ROOT)]
    os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings.dev"
    with tempfile.TemporaryDirectory(prefix="benchmark-") as folder:
        os.environ.setdefault("DATABASE_URL", f"sqlite:///{folder}/database.sqlite3")
        os.environ.setdefault("DATA_FOLDER", folder)
        met = run(arguments.contents, arguments.only, finish=not arguments.answers_only)
    sys.exit(0 if met else 1)


def run(contents: int, only: str, *, finish: bool) -> bool:
    """Prepare the content, measure and print the results; return whether every answer came in time."""
    import django

    django.setup()
    from django.db import connection

    prepare(contents)
    print(f"\nDatabase: {connection.vendor}. {contents} contents in three languages. Seconds of processor time.")
    print(f"{'':44}{'answer':>9}{'worker':>10}{'longest step':>14}")
    met = True
    for name, change in steps():
        if only not in name:
            continue
        answer = seconds(change)
        worker, longest = drain() if finish else forget()
        met = met and answer <= LONGEST_ANSWER
        print(f"{name:44}{answer:8.2f}s{worker:9.1f}s{longest:13.2f}s", flush=True)
    return met


def forget() -> tuple[float, float]:
    """Drop the work that is left for the worker, and return zero seconds for it."""
    from publishing.models import LargeChange, Opening

    LargeChange.objects.all().delete()
    Opening.objects.all().delete()
    return 0, 0


def prepare(contents: int) -> None:
    """Load the starter and sample content and write the section of news, unless an earlier run has."""
    subprocess.run([sys.executable, "manage.py", "migrate", "-v0"], cwd=ROOT, check=True)
    from django.core.management import call_command
    from django.core.management.base import OutputWrapper

    from bundles.loader import load
    from bundles.reader import read_bundle
    from core.processing.progress import Progress
    from deploy.benchmarks.search_data import write_news
    from news.models import NewsPage
    from publishing.publish import rebuild

    if NewsPage.objects.count() >= contents * 3:
        return
    for name in () if NewsPage.objects.exists() else ("starter", "sample"):
        load(read_bundle(ROOT / "home" / "content" / name))
    with Progress(OutputWrapper(sys.stderr), 1) as progress:
        write_news(contents * 3, progress)
        _share_a_topic_and_a_picture()
        rebuild(progress)
    call_command("update_index", verbosity=0)
    call_command("rebuild_references_index", verbosity=0)


def _share_a_topic_and_a_picture() -> None:
    from core.models import ContentImage, Topic
    from news.models import NewsPage

    topic, image = Topic.objects.order_by("pk")[0], ContentImage.objects.order_by("pk")[0]
    NewsPage.objects.update(lead_image=image, lead_image_is_decorative=True)
    through = NewsPage.topics.through
    through.objects.bulk_create(
        [through(newspage_id=pk, topic_id=topic.pk) for pk in NewsPage.objects.values_list("pk", flat=True)],
        ignore_conflicts=True,
        batch_size=1000,
    )


def seconds(do: Callable[[], object]) -> float:
    """Return the seconds of processor time that a call takes, here and in PostgreSQL, unaffected by other programs."""
    before = time.process_time() + _seconds_of_database()
    do()
    return time.process_time() + _seconds_of_database() - before


def _seconds_of_database() -> float:
    """Return the processor time of the PostgreSQL process that serves us on this machine; 0 on another engine."""
    from django.db import connection

    if connection.vendor != "postgresql":
        return 0
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        stat = Path(f"/proc/{cursor.fetchone()[0]}/stat").read_text().rpartition(")")[2].split()
    return (int(stat[11]) + int(stat[12])) / os.sysconf("SC_CLK_TCK")


def drain() -> tuple[float, float]:
    """Do the work that is left for the worker; return the seconds of all of it and of its longest step."""
    from publishing.large_changes import continue_large_changes
    from publishing.models import Opening, WaitingContent
    from publishing.openings import continue_opening

    spent = [0.0]
    while Opening.objects.filter(ended_at=None).exists():
        spent.append(seconds(continue_opening))
    while WaitingContent.objects.exists():
        spent.append(seconds(continue_large_changes))
    return sum(spent), max(spent)


def steps() -> Iterator[Step]:
    """Yield the changes, in an order that leaves each of them the content it needs."""
    from django.test import Client
    from wagtail.models import PageViewRestriction, Site

    from accounts.models import User
    from core.models import ContentImage, OfficeSettings, Topic

    client = Client(HTTP_HOST="localhost")
    client.force_login(User.objects.filter(is_superuser=True).first() or User.objects.create_superuser("benchmark"))
    section = _section()
    yield "rename the section in one language", _publish(client, section, slug=f"news-{time.time():.0f}")
    item = section.get_children()[0]
    yield "edit one news item meanwhile", _publish(client, item, title=f"{item.title} again")
    yield "move the section and its translations", lambda: _move(section, _target())
    yield "move it back", lambda: _move(section, _home())
    topic = Topic.objects.order_by("pk")[0]
    yield "rename a topic", _form(client, f"/admin/snippets/core/topic/edit/{topic.pk}/", name_en="Renamed")
    image = ContentImage.objects.order_by("pk")[0]
    yield "edit a picture that all show", _form(client, f"/admin/images/{image.pk}/", credit="Another")
    office = OfficeSettings.objects.order_by("pk")[0]
    office_form = f"/admin/snippets/core/officesettings/edit/{office.pk}/"
    # In a browser, a script sets the number of links.
    changed = {"name": f"{office.name} again", "social_links-count": "0"}
    yield "change the office settings", _form(client, office_form, **changed)
    site_form = f"/admin/sites/edit/{Site.objects.get().pk}/"
    yield "change the site", _form(client, site_form, hostname=f"{time.time():.0f}.example")
    privacy = f"/admin/pages/{section.pk}/privacy/"
    for name, kind in (("restrict the section", PageViewRestriction.LOGIN), ("make it public again", "none")):
        yield name, partial(_post, client, privacy, {"restriction_type": kind, "password": ""}, 200)
    unpublish = f"/admin/pages/{section.pk}/unpublish/"
    yield "unpublish the section with all below", partial(_post, client, unpublish, {"include_descendants": "on"})
    delete = f"/admin/pages/{section.pk}/delete/"
    yield "delete the section", partial(_post, client, delete, {"wagtail_site_name": "IOM MENA"})


def _section() -> Page:
    from news.models import NewsIndexPage

    section: Page = NewsIndexPage.objects.get(locale__language_code="en")
    return section


def _home() -> Page:
    from home.models import HomePage

    home: Page = HomePage.objects.get(locale__language_code="en")
    return home


def _target() -> Page:
    from home.models import SectionPage

    target: Page = SectionPage.objects.filter(locale__language_code="en").order_by("path")[0]
    return target


def _publish(client: Client, page: Page, **changes: object) -> Callable[[], None]:
    from tests.admin_forms import body_data, fields_of

    address = f"/admin/pages/{page.pk}/edit/"
    form = fields_of(client.get(address)) | body_data(page.specific) | changes
    return partial(_post, client, address, form | {"action-publish": "action-publish"})


def _form(client: Client, address: str, **changes: object) -> Callable[[], None]:
    from lxml import html

    form = max(html.fromstring(client.get(address).content).forms, key=lambda form: len(form.fields))
    return partial(_post, client, address, dict(form.form_values()) | changes)


def _move(page: Page, target: Page) -> None:
    from core.processing.unit_of_work import unit_of_work

    with unit_of_work(changes_tree=True):
        type(page).objects.get(pk=page.pk).move(type(target).objects.get(pk=target.pk), pos="last-child")


def _post(client: Client, address: str, data: dict[str, Any], status: int = 302) -> None:
    answered = client.post(address, data).status_code
    if answered != status:
        sys.exit(f"{address} answered {answered}")


if __name__ == "__main__":
    main()
