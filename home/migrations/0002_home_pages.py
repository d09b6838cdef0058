"""Create the three languages, each with an empty home page, and the site, whose root is the English one."""

from django.conf import settings
from django.db import migrations

from core.content_types.identity import content_id_of

HOME_PAGES = [("en", "home", "Home"), ("ar", "home-ar", "الصفحة الرئيسة"), ("fr", "home-fr", "Accueil")]


def create_home_pages(apps, schema_editor):
    Locale = apps.get_model("wagtailcore", "Locale")
    Page = apps.get_model("wagtailcore", "Page")
    Site = apps.get_model("wagtailcore", "Site")
    HomePage = apps.get_model("home", "HomePage")
    ContentType = apps.get_model("contenttypes", "ContentType")
    content_type, _ = ContentType.objects.get_or_create(app_label="home", model="homepage")

    Site.objects.all().delete()
    Page.objects.filter(depth__gt=1).delete()  # Wagtail's own welcome page
    root = Page.objects.get(depth=1)
    pages = [
        HomePage.objects.create(
            title=title,
            draft_title=title,
            slug=slug,
            content_type=content_type,
            path=f"{root.path}{number:04d}",
            depth=2,
            numchild=0,
            url_path=f"/{slug}/",
            locale=Locale.objects.get_or_create(language_code=language)[0],
            translation_key=content_id_of("pages", "home"),
        )
        for number, (language, slug, title) in enumerate(HOME_PAGES, start=1)
    ]
    root.numchild = len(pages)
    root.save()
    english = next(page for page in pages if page.locale.language_code == settings.LANGUAGE_CODE)
    Site.objects.create(hostname="localhost", root_page_id=english.pk, is_default_site=True)


class Migration(migrations.Migration):
    dependencies = [("home", "0001_initial"), ("wagtailcore", "0098_apitoken")]
    operations = [migrations.RunPython(create_home_pages, migrations.RunPython.noop)]
