"""`python -m deploy.benchmarks.exported SIZE FILE`: add generated contents to the site of the environment, and write
all its news into a file that another site can load.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any


def main() -> None:
    import django

    django.setup()
    from django.core.management import call_command
    from django.db import connection

    from deploy.benchmarks.growth_data import write_contents

    write_contents(0, int(sys.argv[1]))
    call_command("search_index", "rebuild", verbosity=0)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    Path(sys.argv[2]).write_text(json.dumps(list(_news())), encoding="utf-8")


def _news() -> Iterator[dict[str, Any]]:
    """Yield each news item in each language, with the path of its picture's file."""
    from news.models import NewsPage
    from publishing.models import PublishedDocument

    pages = NewsPage.objects.select_related("lead_image").in_bulk()
    for document in PublishedDocument.objects.filter(type="news", removal="").order_by("page_number").iterator():
        full, picture = json.loads(document.full), pages[document.page_number].lead_image
        yield {
            "key": str(document.content_id),
            "locale": document.locale,
            "slug": f"news-{document.page_number}",
            "address": pages[document.page_number].url,
            "title": full["title"],
            "summary": full.get("summary", ""),
            "date": full["date"],
            "html": full["body_html"],
            "picture": picture.file.path if picture else "",
        }


if __name__ == "__main__":
    main()
