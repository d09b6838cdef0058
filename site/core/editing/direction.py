"""Give every control of the admin the language and direction of what it holds, whatever the editor's own (decision 44).

The rules stand in one script, since most controls of a form are made in the browser: blocks, rich text, rows, choosers.
"""

from __future__ import annotations

import json

from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString

from core.languages.declared import LANGUAGE_CODES, direction

# What is written from left to right in every language, by the last word of a field's name. The script knows e-mail and
# web addresses, numbers and passwords by their type.
CODES = ("doi", "isbn", "orcid", "phone", "slug")


def direction_script() -> SafeString:
    """Return the script, and what it must be told: the direction of each language, and the names of codes."""
    return format_html(
        '<script src="{}" data-directions="{}" data-codes="{}" defer></script>',
        static("js/direction.js"),
        json.dumps({code: direction(code) for code in LANGUAGE_CODES}),
        " ".join(CODES),
    )


def direction_style() -> SafeString:
    return format_html('<link rel="stylesheet" href="{}">', static("css/direction.css"))
