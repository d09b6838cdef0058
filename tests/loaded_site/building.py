"""Loads the starter and sample content and keeps it: `python -m tests.loaded_site.building`. Run by `keeping`."""

from __future__ import annotations

import os
import shutil
import warnings
from pathlib import Path
from typing import Any

from tests.loaded_site.evidence import ROOT, Evidence, Recording
from tests.loaded_site.keeping import Keeper

BUNDLES = ("starter", "sample")
_CLOSELY = "CI" not in os.environ


def main() -> None:
    with Recording(closely=_CLOSELY) as start:
        import django

        django.setup()
    from django.conf import settings
    from django.db import connection

    warnings.simplefilter("error")
    warnings.simplefilter("ignore", ResourceWarning)
    keeper = Keeper(connection)
    media = Path(settings.MEDIA_ROOT)
    connection.settings_dict["TEST"]["NAME"] = keeper.databases.building
    try:
        tables = _tables(keeper, connection, media, start.evidence())
        with Recording(tables, closely=_CLOSELY) as loading:
            _load()
        keeper.keep("content", loading.evidence(), media)
    finally:
        keeper.databases.drop()
        shutil.rmtree(settings.FOLDER_OF_TESTS)


def _tables(keeper: Keeper, connection: Any, media: Path, start: Evidence) -> Evidence:
    """Create the tables, or copy those that are kept; return the evidence of what they depend on."""
    folder = keeper.find("tables")
    if folder:
        keeper.copy(folder, connection.creation._get_test_db_name(), media)
    else:
        with Recording(start, closely=_CLOSELY) as migrating:
            connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
        folder = keeper.keep("tables", migrating.evidence(), media)
    return Evidence.read(folder / "evidence.json")


def _load() -> None:
    from bundles.loader import load
    from bundles.reader import read_bundle
    from core.models import ContentImage
    from core.pictures.renditions import ALL_RENDITIONS
    from tests.loaded_site.pictures import draw_quickly

    draw_quickly()
    for name in BUNDLES:
        load(read_bundle(ROOT / "home" / "content" / name))
    # Draw the renditions that pages show, so that no test has to.
    for image in ContentImage.objects.all():
        image.get_renditions(*ALL_RENDITIONS)


if __name__ == "__main__":
    main()
