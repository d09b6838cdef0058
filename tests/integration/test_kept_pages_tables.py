"""No kept page is made from a table whose changes are ignored."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.db import connection
from django.test import Client

from caching.models import Generation
from caching.tables import IGNORED, MADE_WHILE_SHOWN
from core.web.lifetime import may_be_kept, rendering
from tests.sitemaps import addresses_in, sitemap_files

pytestmark = pytest.mark.django_db

_TABLE = re.compile(r'(?:FROM|JOIN)\s+"?(\w+)"?', re.IGNORECASE)


@pytest.mark.slow
def test_no_kept_page_reads_a_table_whose_changes_are_ignored(client: Client) -> None:
    files = sitemap_files(client)
    addresses = [address for text in files.values() for address in addresses_in(text) if address.startswith("/en/")]
    read: dict[str, str] = {}
    asked: list[str] = []

    def note(execute: Any, sql: str, parameters: Any, many: bool, context: Any) -> Any:
        asked.extend(_TABLE.findall(sql))
        return execute(sql, parameters, many, context)

    kept = 0
    for address in ["/sitemap.xml", *files, *addresses]:
        asked.clear()
        with rendering() as lifetime, connection.execute_wrapper(note):
            response: Any = client.get(address)
        if lifetime.is_kept and may_be_kept(response):
            kept += 1
            read |= dict.fromkeys(asked, address)
            assert lifetime.changes_at, address
    assert kept >= len(addresses) - 1  # all but the form for press inquiries
    assert {"wagtailcore_page", "core_officesettings"} <= read.keys()
    # The generation says whether what the process knows still holds; no page shows it.
    unread = IGNORED - MADE_WHILE_SHOWN - {Generation._meta.db_table}
    assert {table: address for table, address in read.items() if table in unread} == {}
