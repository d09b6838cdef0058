from __future__ import annotations

from typing import Any

from django.core.paginator import Page, Paginator
from django.http import Http404, HttpRequest


class BehindLastPage(Http404):
    """A list has fewer pages than requested: it became shorter, or is in another language. `last`: its last page."""

    def __init__(self, last: int) -> None:
        super().__init__(f"The last page is {last}.")
        self.last = last


def paginated(request: HttpRequest, items: Any, per_page: int) -> Page:
    """Return the page of `items` (anything with a length and slices) that `?page=` requests. An invalid number is a
    404; one beyond the last page redirects to the last (core.pages.views.serve_page): another page's content must not
    be served at its address.
    """
    paginator = Paginator(items, per_page)
    number = request.GET.get("page", "1")
    if not (number.isascii() and number.isdigit() and len(number) <= 6 and int(number) >= 1):
        raise Http404
    if int(number) > paginator.num_pages:
        raise BehindLastPage(paginator.num_pages)
    return paginator.page(int(number))
