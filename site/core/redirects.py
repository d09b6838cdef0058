"""Old addresses of pages lead to the new ones.

Wagtail's own handlers (off by WAGTAILREDIRECTS_AUTO_CREATE) read every page below a renamed one as its own type and
look for clashes with one condition for each, which SQLite refuses from a thousand on. No page type of the site has
addresses below its own, so the paths of the tree say all. Delete when upstream writes them from the paths.
"""

from __future__ import annotations

from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page, Site

from core.in_parts import in_parts
from core.routing import site_roots

_LONGEST_ADDRESS = Redirect._meta.get_field("old_path").max_length


def redirect_old_addresses(page: Page, url_path_before: str) -> None:
    """Lead the former addresses of `page` and of the live pages below it to where they stand now. Redirects from an
    address where a page stands again are forgotten: once it is unpublished they would lead round in a circle.
    """
    url_path_now = page.url_path
    if url_path_before == url_path_now:
        return
    roots = site_roots()
    below = Page.objects.filter(path__startswith=page.path, url_path__startswith=url_path_now)
    rows = list(below.values_list("pk", "url_path", "live"))
    now = {pk: address for pk, url_path, _ in rows if (address := _address(url_path, roots))}
    before = {pk: _address(url_path_before + path[len(url_path_now) :], roots) for pk, path, live in rows if live}
    _forget_circles(now)
    _write({pk: address for pk, address in before.items() if address and pk in now})


def _address(url_path: str, roots: dict[str, str]) -> str:
    """The address of a page in the form in which redirects have it; empty where it stands in no language's tree."""
    for language, root in roots.items():
        if url_path.startswith(root):
            return f"/{language}/{url_path[len(root) :]}".rstrip("/")
    return ""


def _forget_circles(now: dict[int, str]) -> None:
    for part in in_parts(now.items()):
        found = Redirect.objects.filter(old_path__in=[address for _, address in part])
        standing = set(part)
        circles = [
            pk
            for pk, page, address in found.values_list("pk", "redirect_page", "old_path")
            if (page, address) in standing
        ]
        Redirect.objects.filter(pk__in=circles).delete()


def _write(before: dict[int, str]) -> None:
    site = Site.objects.get(is_default_site=True)
    for part in in_parts(before.items()):
        addresses = [address for _, address in part]
        Redirect.objects.filter(automatically_created=True, old_path__in=addresses, site=site).delete()
        # What an editor wrote stays.
        kept = set(Redirect.objects.filter(old_path__in=addresses).values_list("old_path", flat=True))
        Redirect.objects.bulk_create(
            Redirect(old_path=address, site=site, redirect_page_id=pk, automatically_created=True)
            for pk, address in part
            if address not in kept and len(address) <= _LONGEST_ADDRESS
        )
