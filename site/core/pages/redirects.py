"""Redirect old addresses of pages to the new ones.

Wagtail's own handlers (turned off by WAGTAILREDIRECTS_AUTO_CREATE) load every page below a renamed one as its own type,
after the commit, and look for clashes with one condition each, which SQLite refuses from a thousand on. No page type of
the site has addresses below its own, so the database builds the redirects from the tree paths. Delete this module when
upstream does that.
"""

from __future__ import annotations

from django.db import connection
from django.db.models import BooleanField, CharField, Exists, F, OuterRef, Value
from django.db.models.functions import Concat, Length, Now, Substr
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page, Site
from wagtail.query import PageQuerySet

from core.pages.routing import site_roots

_LONGEST_ADDRESS = Redirect._meta.get_field("old_path").max_length


def redirect_old_addresses(page: Page, url_path_before: str) -> None:
    """Redirect the former addresses of `page` and of the live pages below it to their current ones. Redirects from an
    address that has a page again are deleted: once the page is unpublished they would form a loop.
    """
    now, before = _address(page.url_path), _address(url_path_before)
    if not now or now == before:
        return
    # The part after the address of the page: nothing, or "/" and the rest without its final "/".
    rest = Substr("url_path", len(page.url_path), Length("url_path") - len(page.url_path))
    below = Page.objects.filter(path__startswith=page.path, url_path__startswith=page.url_path)
    _forget_circles(below.annotate(now=Concat(Value(now), rest, output_field=CharField())))
    if before:
        live = below.filter(live=True).annotate(before=Concat(Value(before), rest, output_field=CharField()))
        _write(live.annotate(length=Length("before")).filter(length__lte=_LONGEST_ADDRESS))


def _address(url_path: str) -> str:
    """Return the address of a page in the form that redirects use; empty if it is in no language's tree."""
    for language, root in site_roots().items():
        if url_path.startswith(root):
            return f"/{language}/{url_path[len(root) :]}".rstrip("/")
    return ""


def _forget_circles(pages: PageQuerySet) -> None:
    standing = pages.filter(pk=OuterRef("redirect_page"), now=OuterRef("old_path"))
    Redirect.objects.filter(Exists(standing)).delete()


def _write(pages: PageQuerySet) -> None:
    Redirect.objects.filter(automatically_created=True, old_path__in=pages.values("before")).delete()
    # Redirects that an editor wrote stay.
    written = Redirect.objects.filter(old_path=OuterRef("before"))
    columns = {
        "old_path": F("before"),
        "site_id": Value(Site.objects.get(is_default_site=True).pk),
        "redirect_page_id": F("pk"),
        "is_permanent": Value(True, BooleanField()),
        "automatically_created": Value(True, BooleanField()),
        "redirect_page_route_path": Value(""),
        "redirect_link": Value(""),
        "created_at": Now(),
    }
    rows = pages.filter(~Exists(written)).order_by().values_list(*columns.values())
    sql, parameters = rows.query.sql_with_params()
    names = ", ".join(connection.ops.quote_name(name) for name in columns)
    with connection.cursor() as cursor:
        # Django builds both parts; neither contains text from a user.
        cursor.execute(f"INSERT INTO {Redirect._meta.db_table} ({names}) {sql}", parameters)
