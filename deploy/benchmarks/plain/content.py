"""`python -m deploy.benchmarks.plain.content FILE`: fill a new plain site with the news of a file.

benchmarks.exported writes the file.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any
from uuid import uuid4

import django


def main() -> None:
    django.setup()
    from django.core.management import call_command
    from django.db import connection, transaction

    call_command("migrate", verbosity=0)
    with transaction.atomic():
        _load(json.loads(Path(sys.argv[1]).read_text(encoding="utf-8")))
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def _load(news: list[dict[str, Any]]) -> None:
    from wagtail.models import Locale

    lists = _trees({item["locale"] for item in news})
    locales = {locale.language_code: locale for locale in Locale.objects.all()}
    pictures = {path: _picture(path) for path in sorted({item["picture"] for item in news})}
    from .models import PlainNewsPage

    for item in news:
        page = PlainNewsPage(
            title=item["title"],
            slug=item["slug"],
            summary=item["summary"],
            date=item["date"],
            picture=pictures[item["picture"]],
            body=[("text", item["html"])],
            locale=locales[item["locale"]],
            translation_key=item["key"],
        )
        lists[item["locale"]].add_child(instance=page)


def _trees(languages: set[str]) -> dict[str, Any]:
    """Make a home page with a list of news in each language; return the lists."""
    from wagtail.models import Locale, Page, Site

    from .models import PlainHomePage, PlainListPage

    Site.objects.all().delete()
    root = Page.get_first_root_node()
    root.get_children().delete()
    root = Page.get_first_root_node()
    home_key, list_key = uuid4(), uuid4()
    lists = {}
    for language in sorted(languages):
        locale, _made = Locale.objects.get_or_create(language_code=language)
        home = root.add_child(
            instance=PlainHomePage(title="Home", slug=f"home-{language}", locale=locale, translation_key=home_key)
        )
        lists[language] = home.add_child(
            instance=PlainListPage(
                title="News", slug="news", locale=locale, translation_key=list_key, show_in_menus=True
            )
        )
        if language == "en":
            Site.objects.create(hostname="localhost", root_page=home, is_default_site=True)
    return lists


def _picture(path: str) -> Any:
    from django.core.files.images import ImageFile
    from wagtail.images.models import Image

    if not path:
        return None
    with open(path, "rb") as file:
        return Image.objects.create(title=Path(path).stem, file=ImageFile(file, name=Path(path).name))


if __name__ == "__main__":
    main()
