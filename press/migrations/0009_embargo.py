from django.db import migrations, models
from django.db.models import Max
from django.utils import timezone
from django.utils.dateparse import parse_datetime


def give_every_language_the_latest(apps, schema_editor):
    """Give every language the latest embargo.

    Each language had an embargo of its own, of which the latest counted. It now belongs to the content.
    """
    Release = apps.get_model("press", "PressReleasePage")
    latest = Release.objects.values("translation_key").annotate(until=Max("embargo_until")).filter(until__isnull=False)
    for translation_key, until in list(latest.values_list("translation_key", "until")):
        for page in Release.objects.filter(translation_key=translation_key).iterator():
            _move_schedule(apps, page, until)
            Release.objects.filter(pk=page.pk).update(embargo_until=until)


def _move_schedule(apps, page, until):
    """Postpone anything scheduled for another language's earlier embargo until the content's."""
    if until <= timezone.now():
        return
    revisions = apps.get_model("wagtailcore", "Revision").objects.filter(
        object_id=str(page.pk), content_type__app_label="press", content_type__model="pressreleasepage"
    )
    for revision in revisions.filter(approved_go_live_at__isnull=False):
        chosen = parse_datetime(revision.content.get("go_live_at") or "")
        if chosen and chosen == page.embargo_until:
            revision.content["go_live_at"] = until.isoformat()
            chosen = until
        revision.approved_go_live_at = max(filter(None, [chosen, until]))
        revision.save()
        if not page.live:
            apps.get_model("wagtailcore", "Page").objects.filter(pk=page.pk).update(
                go_live_at=revision.approved_go_live_at
            )


class Migration(migrations.Migration):

    dependencies = [
        ('press', '0008_officers_read_inquiries'),
        ('wagtailcore', '0094_alter_page_locale'),
    ]

    operations = [
        migrations.AlterField(
            model_name='pressreleasepage',
            name='embargo_until',
            field=models.DateTimeField(blank=True, help_text='Cairo time. No language is public before; what is published in the meantime waits for then.', null=True, verbose_name='embargo until'),
        ),
        migrations.RunPython(give_every_language_the_latest, migrations.RunPython.noop),
    ]
