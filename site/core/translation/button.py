"""The button “Translate this page”, in place of wagtail-localize's, which makes two queries for each row of a list:
which languages are left, and whether the page is edited field by field, as none is (decision 5).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail import hooks
from wagtail.admin.widgets.button import ListingButton
from wagtail.models import Locale, Page
from wagtail_localize.wagtail_hooks import page_listing_more_buttons

_HOOKS = ("register_page_header_buttons", "register_page_listing_more_buttons")


def use_own_button() -> None:
    """Register the button for the head of a page and for lists. Wagtail has no public way to take a hook back."""
    for name in _HOOKS:
        hooks._hooks[name].remove((page_listing_more_buttons, 0))
        hooks.register(name, translate_button)


def translate_button(page: Page, user: Any, **_options: Any) -> Iterator[ListingButton]:
    """Offer to translate a page that lacks a language; an alias stands for a page that nobody has written yet."""
    if page.is_root() or not user.has_perm("wagtail_localize.submit_translation"):
        return
    if page.alias_of_id or _lacks_a_language(page):
        address = reverse("wagtail_localize:submit_page_translation", args=[page.alias_of_id or page.pk])
        label = _("Translate this page")
        yield ListingButton(label, address, priority=60, icon_name="wagtail-localize-language")


def _lacks_a_language(page: Page) -> bool:
    """Return what a list has found out for all of its rows at once, in which an alias counts as written; else ask."""
    known: bool | None = getattr(page, "_has_untranslated_locale", None)
    if known is not None:
        return known
    written = page.get_translations(inclusive=True).filter(alias_of__isnull=True)
    return bool(Locale.objects.exclude(pk__in=written.values("locale_id")).exists())
