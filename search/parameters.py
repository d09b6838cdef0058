"""Read the parameters of the search page's URL leniently: values that make no sense are left out."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from uuid import UUID

from django.http import QueryDict

from core.content_types.registry import content_type
from core.models import Topic
from core.places.countries import is_country_code
from listing.choices import Choice

from .query import DEEPEST_RESULT, FACETS, SearchQuery, Sort, plain

RESULTS_PER_PAGE = 10
LAST_PAGE = DEEPEST_RESULT // RESULTS_PER_PAGE
_MOST_VALUES = 20
_CODE = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*\Z")
_YEAR = re.compile(r"[0-9]{4}\Z")
_SORTS: Mapping[str, Sort] = {"newest": "newest", "oldest": "oldest"}


def read_query(parameters: QueryDict, language: str) -> SearchQuery:
    chosen = {name: _values(parameters, name) for name in FACETS}
    filters = {name: Choice(values) for name, values in chosen.items() if values}
    sort = _SORTS.get(parameters.get("sort", ""), "relevance")
    return SearchQuery(plain(parameters.get("q", "")), language, filters, sort=sort)


def read_page(parameters: QueryDict) -> int:
    """Return the number of the requested page, from 1 to LAST_PAGE."""
    number = parameters.get("page", "1")
    return min(max(int(number), 1), LAST_PAGE) if re.fullmatch("[0-9]{1,6}", number) else 1


def address_pairs(query: SearchQuery) -> list[tuple[str, str]]:
    """Return the query as URL parameters, without a page."""
    pairs = [("q", query.text)]
    pairs += [(name, value) for name in FACETS if name in query.filters for value in query.filters[name].wanted]
    return pairs + ([("sort", query.sort)] if query.sort != "relevance" else [])


def _values(parameters: QueryDict, name: str) -> tuple[str, ...]:
    given = dict.fromkeys(parameters.getlist(name)[:_MOST_VALUES])
    values = tuple(value for value in given if _MEANT[name](value))
    if name != "topic" or not values:
        return values
    known = set(Topic.objects.filter(slug__in=values).values_list("slug", flat=True))
    return tuple(value for value in values if value in known)


def _is_content_id(value: str) -> bool:
    try:
        return str(UUID(value)) == value
    except ValueError:
        return False


_MEANT: Mapping[str, Callable[[str], bool]] = {
    "type": lambda value: content_type(value) is not None,
    "topic": lambda value: bool(_CODE.match(value)),
    "country": is_country_code,
    "year": lambda value: bool(_YEAR.match(value)),
    "programme": _is_content_id,
}
