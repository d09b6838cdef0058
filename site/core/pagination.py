from __future__ import annotations

from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpRequest

from core.list_filters import NarrowedList


class BehindLastPage(Http404):
    """A list has fewer pages than asked for: it became shorter, or is in another language. `last`: its last page."""

    def __init__(self, last: int) -> None:
        super().__init__(f"The last page is {last}.")
        self.last = last


def paginated(request: HttpRequest, items: QuerySet | list[Any], per_page: int) -> Page:
    """The part of `items` that `?page=` asks for. A number that is none is a 404, one behind the last page leads to
    that (core.views.serve_page): another page's content must not stand at its address.
    """
    paginator = Paginator(items, per_page)
    number = request.GET.get("page", "1")
    if not (number.isascii() and number.isdigit() and len(number) <= 6 and int(number) >= 1):
        raise Http404
    if int(number) > paginator.num_pages:
        raise BehindLastPage(paginator.num_pages)
    return paginator.page(int(number))


def narrowed(request: HttpRequest, items: NarrowedList, per_page: int) -> Page:
    """The part of a narrowed list that `?page=` asks for."""
    part = paginated(request, items.numbers, per_page)
    part.object_list = items.fetch(list(part.object_list))
    return part
