"""The page trees of the three languages have one shape: a page and its translations stand under the translations
of one parent.
"""

from __future__ import annotations

from wagtail.models import Page


def move_translations(page: Page, new_parent: Page) -> list[Page]:
    """Move the translations of `page` under the translations of `new_parent`; returns those that moved.

    A translation stays where it is when its language has no such parent: moving it home is then up to the editor.
    """
    moved = []
    for translation in page.get_translations():
        target = new_parent.get_translation_or_none(translation.locale)
        current_parent = translation.get_parent()
        if target is None or current_parent is None or current_parent.pk == target.pk:
            continue
        translation.specific.move(target, pos="last-child")
        moved.append(translation)
    return moved
