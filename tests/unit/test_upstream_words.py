"""Words of the admin that upstream lacks are in our catalogues."""

from __future__ import annotations

import re

import pytest
from django.utils.translation import gettext, override

from accounts.upstream_words import WORDS


@pytest.mark.parametrize("word", WORDS)
def test_what_upstream_lacks_is_in_our_catalogues(word: str) -> None:
    with override("ar"):
        assert re.search("[ء-ي]", gettext(word))
    with override("fr"):
        assert gettext(word) != word
    with override("en"):
        assert gettext(word) == word
