from __future__ import annotations

from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpRequest

from core.list_filters import NarrowedList


def paginated(request: HttpRequest, items: QuerySet | list[Any], per_page: int) -> Page:
    """The part of `items` that `?page=` asks for. A number that is none, or beyond the last page, is a 404: another
    page's content must not stand at its address.
    """
    paginator = Paginator(items, per_page)
    number = request.GET.get("page", "1")
    if not (number.isascii() and number.isdigit() and len(number) <= 6 and 1 <= int(number) <= paginator.num_pages):
        raise Http404
    return paginator.page(int(number))


def narrowed(request: HttpRequest, items: NarrowedList, per_page: int) -> Page:
    """The part of a narrowed list that `?page=` asks for."""
    part = paginated(request, items.numbers, per_page)
    part.object_list = items.fetch(list(part.object_list))
    return part
