"""Pages are sent without the indentation of their templates."""

from __future__ import annotations

import pytest
from django.test import Client

from core.web.indentation import without_indentation


@pytest.mark.django_db
def test_a_page_is_sent_without_the_indentation_of_its_templates(client: Client) -> None:
    response = client.get("/en/")
    assert b"\n " not in response.content
    assert b"\n\n" not in response.content
    assert response["Content-Length"] == str(len(response.content))


def test_blanks_that_are_text_are_kept() -> None:
    typed = b"<textarea>\n  one\n\n  two</textarea>"
    example = b"<pre>\n  {\n    3</pre>"
    page = b"<p>\n  a\n\n\t" + typed + b"\n  b" + example + b"</p>\n\n"
    assert without_indentation(page) == b"<p>\na\n" + typed + b"\nb" + example + b"</p>\n"
