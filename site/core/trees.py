"""The page trees of the three languages have one shape: a page and its translations stand under the translations
of one parent.
"""

from __future__ import annotations

from wagtail.models import Page


def move_translations(page: Page, new_parent: Page) -> list[Page]:
    """Move the translations of `page` under the translations of `new_parent`; returns those that moved.

    A translation stays where it is when its language has no such parent, or another page there has its slug: moving
    it home is then up to the editor.
    """
    moved = []
    for pk in list(page.get_translations().values_list("pk", flat=True)):
        # As it is now: to move one page moves its translations too.
        translation = Page.objects.get(pk=pk)
        target = new_parent.get_translation_or_none(translation.locale)
        if target is None or translation.is_child_of(target):
            continue
        if not Page._slug_is_available(translation.slug, target, translation):
            continue
        translation.specific.move(target, pos="last-child")
        moved.append(translation)
    return moved
