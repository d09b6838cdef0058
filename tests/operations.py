"""Operations of editors on the site. Each uses a free choice, a number that selects the objects it works on."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.core.files.base import ContentFile
from django.core.management import call_command
from django.db.models import QuerySet
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from PIL import Image
from wagtail.models import Collection, Locale, Page, PageViewRestriction, Site

from core.embargo import EmbargoRefused, set_embargo
from core.models import ContentDocument, ContentImage, Topic
from home.models import SectionPage, StandardPage
from news.models import NewsIndexPage, NewsPage
from publishing.large_changes import continue_large_changes
from publishing.openings import continue_opening
from research.models import PublicationPage

OWN = "model"
"""How the titles of the pictures and files begin that a test may delete: their files on disk are its own."""


class Gone(Exception):
    """Raised if another editor has deleted the object of an admin form."""


@dataclass
class Editor:
    """An editor. `client` is signed in to the admin; `choice` selects the objects of the next operation."""

    client: Client
    choice: int

    def pick(self, rows: QuerySet[Any], offset: int = 0) -> Any:
        """Return one of the rows, or None if there are none."""
        keys = list(rows.order_by("pk").values_list("pk", flat=True))
        return rows.get(pk=keys[(self.choice + offset) % len(keys)]) if keys else None

    def page(self, pages: QuerySet[Any] | None = None, offset: int = 0) -> Any:
        """Return a page that is neither an alias nor a home page, as its own type; None if there is none."""
        rows = Page.objects.filter(depth__gt=2) if pages is None else pages
        found = self.pick(rows.filter(alias_of=None), offset)
        return found and found.specific

    def post(self, view: str, *arguments: object, query: str = "", **data: object) -> None:
        """Send a form of the admin. Raise Gone if its object does not exist."""
        response = self.client.post(reverse(view, args=arguments) + query, data)
        if response.status_code == 404:
            raise Gone(view)
        assert response.status_code == 302, (view, response.status_code)

    def bulk(self, action: str, pages: Iterable[Page]) -> None:
        query = "?" + "&".join(f"id={page.pk}" for page in pages)
        confirmation = {"wagtail_site_name": "IOM MENA"}
        self.post("wagtail_bulk_action", "wagtailcore", "page", action, query=query, **confirmation)


def publish(page: Any) -> None:
    page.save_revision().publish()


def create(editor: Editor) -> None:
    parent = editor.page(NewsIndexPage.objects.all())
    page = NewsPage(title=f"News {editor.choice}", slug=f"news-{editor.choice}-{Page.objects.count()}")
    page.locale = parent.locale
    parent.add_child(instance=page)
    page.topics = [editor.pick(Topic.objects.all())]
    page.lead_image, page.lead_image_is_decorative = editor.pick(ContentImage.objects.all()), True
    publish(page)


def edit(editor: Editor) -> None:
    page = editor.page()
    page.title, page.summary = f"Title {editor.choice}", f"Summary {editor.choice}"
    publish(page)


def edit_draft(editor: Editor) -> None:
    page = editor.page()
    page.title = "A draft"
    page.save_revision()


def save_by_code(editor: Editor) -> None:
    page = editor.page()
    page.title = f"By code {editor.choice}"
    page.save()


def link(editor: Editor) -> None:
    """Give a page a text with links to other pages and to a file, public or not."""
    page, near, far = editor.page(), editor.page(offset=1), editor.page(offset=37)
    file = editor.pick(ContentDocument.objects.all())
    text = f'<p><a linktype="page" id="{far.pk}">x</a> <a linktype="document" id="{file.pk if file else 0}">y</a></p>'
    page.body = [("rich_text", text), ("related_pages", {"title": "", "pages": [near.page_ptr]})]
    publish(page)


def change_topics(editor: Editor) -> None:
    page = editor.page(NewsPage.objects.all())
    page.topics = [topic for topic in (editor.pick(Topic.objects.all(), offset) for offset in (0, 1)) if topic]
    publish(page)


def unpublish(editor: Editor) -> None:
    page = editor.page()
    editor.post("wagtailadmin_pages:unpublish", page.pk, include_descendants="on" if editor.choice % 2 else "")


def republish(editor: Editor) -> None:
    page = editor.page(Page.objects.filter(depth__gt=2, live=False))
    if page:
        publish(page)


def delete(editor: Editor) -> None:
    editor.page(NewsPage.objects.all()).delete()


def delete_subtree(editor: Editor) -> None:
    page = editor.page(StandardPage.objects.all())
    editor.post("wagtailadmin_pages:delete", page.pk, wagtail_site_name="IOM MENA")


def delete_rows(editor: Editor) -> None:
    page = editor.page(PublicationPage.objects.all())
    if page:
        PublicationPage.objects.filter(translation_key=page.translation_key).delete()


def bulk_unpublish(editor: Editor) -> None:
    editor.bulk("unpublish", [editor.page(offset=offset) for offset in (0, 5, 11)])


def bulk_publish(editor: Editor) -> None:
    pages = Page.objects.filter(depth__gt=2, live=False)
    if pages.filter(alias_of=None).exists():
        editor.bulk("publish", [editor.page(pages, offset) for offset in (0, 5)])


def bulk_delete(editor: Editor) -> None:
    pages = NewsPage.objects.filter(alias_of=None)
    editor.bulk("delete", {editor.page(pages, offset) for offset in (0, 5)})


def move(editor: Editor) -> None:
    """Move a page with all pages below it; its translations follow."""
    page = editor.page(StandardPage.objects.all())
    targets = [*StandardPage.objects.filter(locale=page.locale), *SectionPage.objects.filter(locale=page.locale)]
    target = targets[editor.choice % len(targets)]
    if not target.path.startswith(page.path) and Page._slug_is_available(page.slug, target, page):
        page.move(target, pos="last-child")


def rename_address(editor: Editor) -> None:
    """Change the slug of a page, which is part of the address of every page below it."""
    sections = Page.objects.filter(depth=3, numchild__gt=0)
    page = editor.page(sections if editor.choice % 2 else None)
    page.slug = f"slug-{editor.choice}-{page.pk}"
    publish(page)


def restrict(editor: Editor) -> None:
    page = editor.page(Page.objects.filter(depth__gt=2, numchild__gt=0))
    PageViewRestriction.objects.create(page=page.page_ptr, restriction_type=PageViewRestriction.LOGIN)


def unrestrict(editor: Editor) -> None:
    PageViewRestriction.objects.all().delete()


def expire(editor: Editor) -> None:
    """Let a page expire at once, or in a moment."""
    page = editor.page()
    page.expire_at = timezone.now() + timedelta(milliseconds=(editor.choice % 3 - 1) * 300)
    publish(page)


def schedule(editor: Editor) -> None:
    page = editor.page()
    page.title, page.go_live_at = f"Later {editor.choice}", timezone.now() + timedelta(milliseconds=200)
    publish(page)


def embargo(editor: Editor) -> None:
    """Set the embargo of an unpublished content to a moment or a day from now, or lift it."""
    page = editor.page(NewsPage.objects.filter(live=False))
    now = timezone.now()
    until = (None, now + timedelta(milliseconds=200), now + timedelta(days=1))[editor.choice % 3]
    if page:
        with suppress(EmbargoRefused):
            set_embargo(page.translation_key, until)


def run_schedule(editor: Editor) -> None:
    call_command("publish_scheduled")


def work(editor: Editor) -> None:
    """Do one step of the worker: on contents about to become public, or on the rest of a large change."""
    if not continue_opening():
        continue_large_changes()


def work_off() -> None:
    """Do such steps until none is left."""
    while continue_opening() or continue_large_changes():
        pass


def publish_unchanged(editor: Editor) -> None:
    publish(editor.page())


def make_alias(editor: Editor) -> None:
    page = editor.page(NewsPage.objects.all())
    for locale in Locale.objects.exclude(pk=page.locale_id):
        if not page.has_translation(locale) and page.get_parent().has_translation(locale):
            page.copy_for_translation(locale, alias=True)


def convert_alias(editor: Editor) -> None:
    alias = editor.pick(Page.objects.exclude(alias_of=None))
    if alias is None:
        return
    editor.post("wagtailadmin_pages:convert_alias", alias.pk)
    page = Page.objects.get(pk=alias.pk).specific
    page.title = f"Translated {editor.choice}"
    publish(page)


def copy(editor: Editor) -> None:
    page = editor.page(NewsPage.objects.all())
    page.copy(update_attrs={"slug": f"copy-{editor.choice}-{Page.objects.count()}"}, keep_live=True)


def delete_source(editor: Editor) -> None:
    """Delete a page that aliases and translations were made from."""
    page = editor.page(Page.objects.filter(depth__gt=3, aliases__isnull=False).distinct()) or editor.page()
    if not page.get_children().exists():
        page.delete()


def edit_image(editor: Editor) -> None:
    image = editor.pick(ContentImage.objects.all())
    image.credit = f"Credit {editor.choice}"
    image.focal_point_x, image.focal_point_y = editor.choice % image.width, editor.choice % image.height
    image.focal_point_width = image.focal_point_height = 10
    image.save()


def replace_image(editor: Editor) -> None:
    """Put a new picture on a page, or delete one that an earlier call has put there."""
    own = editor.pick(ContentImage.objects.filter(title__startswith=OWN))
    if own and editor.choice % 2:
        own.delete()
        return
    data = io.BytesIO()
    Image.new("RGB", (48, 27), (editor.choice % 255, 90, 90)).save(data, "PNG")
    file = ContentFile(data.getvalue(), name=f"{OWN}-{editor.choice}.png")
    image = ContentImage(title=f"{OWN} {editor.choice}", file=file, collection=Collection.get_first_root_node())
    image.save()
    page = editor.page()
    page.lead_image, page.lead_image_is_decorative = image, True
    publish(page)


def edit_file(editor: Editor) -> None:
    document = editor.pick(ContentDocument.objects.all())
    document.title = f"File {editor.choice}"
    document.file = ContentFile(f"text {editor.choice}".encode(), name=f"{OWN}-{editor.choice}.txt")
    document.save()


def delete_file(editor: Editor) -> None:
    document = editor.pick(ContentDocument.objects.filter(title__startswith="File "))
    if document:
        document.delete()


def edit_topic(editor: Editor) -> None:
    topic = editor.pick(Topic.objects.all())
    topic.names = {"fr": f"Thème {editor.choice}"}
    topic.slug = f"topic-{editor.choice}-{topic.pk}"
    topic.save()


def delete_topic(editor: Editor) -> None:
    topic = editor.pick(Topic.objects.all())
    if topic and Topic.objects.count() > 3:
        Topic.objects.filter(pk=topic.pk).delete()


def save_site(editor: Editor) -> None:
    site = Site.objects.get()
    site.hostname = f"host-{editor.choice}.example"
    site.save()


OPERATIONS: list[Callable[[Editor], None]] = [
    create, edit, edit_draft, save_by_code, link, change_topics, unpublish, republish, delete, delete_subtree,
    delete_rows, bulk_unpublish, bulk_publish, bulk_delete, move, rename_address, restrict, unrestrict, expire,
    schedule, embargo, run_schedule, make_alias, convert_alias, copy, delete_source, edit_image, replace_image,
    edit_file, delete_file, edit_topic, delete_topic, save_site, work, publish_unchanged,
]  # fmt: skip
