"""Keep the page trees of the three languages in one shape: a page and its translations are under the translations of
one parent.
"""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _
from wagtail.models import Page

from core.publication.rules import Refusal


def move_translations(page: Page, new_parent: Page) -> list[Page]:
    """Move the translations of `page` under the translations of `new_parent`; return those that moved.

    A translation is not moved if its language has no such parent, or if another page there has its slug: moving it is
    then up to the editor.
    """
    moved = []
    for pk in list(page.get_translations().values_list("pk", flat=True)):
        # Reloaded here: moving one page moves its translations too.
        translation = Page.objects.get(pk=pk)
        target = _new_parent_of(translation, new_parent)
        if target is not None:
            translation.specific.move(target, pos="last-child")
            moved.append(translation)
    return moved


def refused_moves(user: Any, page: Page, new_parent: Page) -> list[Refusal]:
    """Return why this user may not move `page` under `new_parent`: the translations that would move along and that the
    user may not move.
    """
    reason = _("It would move too, and you may not move pages in this language. Nothing was moved.")
    return [
        Refusal(translation.specific, reason)
        for translation in page.get_translations().select_related("locale")
        if (target := _new_parent_of(translation, new_parent))
        and not translation.permissions_for_user(user).can_move_to(target)
    ]


def _new_parent_of(translation: Page, new_parent: Page) -> Page | None:
    """Return where a translation moves when its page moves under `new_parent`; None if it stays."""
    target: Page | None = new_parent.get_translation_or_none(translation.locale)
    if target is None or translation.is_child_of(target):
        return None
    return target if Page._slug_is_available(translation.slug, target, translation) else None
