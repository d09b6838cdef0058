"""Words of Wagtail's admin that its own Arabic or French lacks or has wrong, so that our catalogues hold them. Delete
each when upstream has it.
"""

from __future__ import annotations

from django.utils.translation import gettext_noop

WORDS = (
    gettext_noop("Bold"),
    gettext_noop("Italic"),
    gettext_noop("Root"),
    # Of what autosave has done; upstream's Arabic is the command.
    gettext_noop("Saved"),
    gettext_noop("True"),
)
