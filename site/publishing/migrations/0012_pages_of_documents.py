from collections import Counter

from django.db import migrations
from django.db.models import OuterRef, Subquery


def note_pages(apps, schema_editor):
    Document = apps.get_model("publishing", "PublishedDocument")
    Page = apps.get_model("wagtailcore", "Page")
    pages = Page.objects.filter(
        translation_key=OuterRef("content_id"), locale__language_code=OuterRef("locale"), alias_of=None
    )
    Document.objects.filter(removal="").update(page_number=Subquery(pages.values("pk")[:1]))


def leave_pictures_to_the_worker(apps, schema_editor):
    """Let the worker rebuild the documents with pictures; until then, cards show these as JPEG only."""
    Document = apps.get_model("publishing", "PublishedDocument")
    LargeChange = apps.get_model("publishing", "LargeChange")
    WaitingContent = apps.get_model("publishing", "WaitingContent")
    with_picture = Document.objects.filter(removal="", card__contains='"lead_image":{')
    pages = Counter(with_picture.values_list("content_id", flat=True).iterator())
    if pages:
        change = LargeChange.objects.create(kind="everything", pages=pages.total())
        waiting = [WaitingContent(change=change, content_id=content, pages=count) for content, count in pages.items()]
        WaitingContent.objects.bulk_create(waiting, batch_size=1000)


class Migration(migrations.Migration):
    dependencies = [("publishing", "0011_lists"), ("wagtailcore", "0094_alter_page_locale")]

    operations = [
        migrations.RunPython(note_pages, migrations.RunPython.noop),
        migrations.RunPython(leave_pictures_to_the_worker, migrations.RunPython.noop),
    ]
