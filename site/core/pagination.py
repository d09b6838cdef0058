from __future__ import annotations

from typing import Any

from django.core.paginator import Page, Paginator
from django.http import Http404, HttpRequest


class BehindLastPage(Http404):
    """A list has fewer pages than asked for: it became shorter, or is in another language. `last`: its last page."""

    def __init__(self, last: int) -> None:
        super().__init__(f"The last page is {last}.")
        self.last = last


def paginated(request: HttpRequest, items: Any, per_page: int) -> Page:
    """The part of `items` (whatever has a length and parts) that `?page=` asks for. A number that is none is a 404, one
    behind the last page leads to that (core.views.serve_page): another page's content must not stand at its address.
    """
    paginator = Paginator(items, per_page)
    number = request.GET.get("page", "1")
    if not (number.isascii() and number.isdigit() and len(number) <= 6 and int(number) >= 1):
        raise Http404
    if int(number) > paginator.num_pages:
        raise BehindLastPage(paginator.num_pages)
    return paginator.page(int(number))
