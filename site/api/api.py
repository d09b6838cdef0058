"""Every address of the API, version 1. Each operation reads its parameters, calls one function, and answers."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from ninja import NinjaAPI, Query
from ninja.errors import ValidationError

from . import changes as change_feed
from . import items, schemas, site_views
from .parameters import check_values, read_parameters
from .problems import Culprit, Problem
from .query import ItemQuery

logger = logging.getLogger(__name__)

api = NinjaAPI(
    title="Content API",
    version="1.0.0",
    description="The public content of the site in Arabic, English and French, for sites that republish it.",
    docs_url=None,
    openapi_url=None,
    urls_namespace="api-v1",
)
PROBLEMS = dict.fromkeys((400, 401, 404, 405, 406, 409, 410, 414, 429, 500), schemas.ProblemDocument)
View = Callable[..., HttpResponse]


def operation(path: str, answer: type, *, tag: str) -> Callable[[View], View]:
    """A GET operation that answers HEAD too, with its answer and problems in the OpenAPI document."""
    return api.api_operation(["GET", "HEAD"], path, response={200: answer, 304: None, **PROBLEMS}, tags=[tag])


@operation("/", dict, tag="service")
def service(request: HttpRequest) -> HttpResponse:
    """What this API is and where to begin."""
    read_parameters(schemas.Parameters, request)
    return site_views.service(request)


@operation("/items", schemas.ItemList, tag="items")
def list_items(request: HttpRequest, parameters: Query[schemas.AllTypesParameters]) -> HttpResponse:
    """Contents of all types."""
    return _list(request, schemas.AllTypesParameters)


def _list(request: HttpRequest, model: type[schemas.ListParameters], **fixed: str) -> HttpResponse:
    parameters = read_parameters(model, request)
    query = ItemQuery.from_filters(parameters, **fixed)
    check_values(query)
    return items.item_list(request, parameters, query)


def _list_of_type(path: str, content_type: str) -> None:
    def view(request: HttpRequest, parameters: Query[schemas.ListParameters]) -> HttpResponse:
        return _list(request, schemas.ListParameters, type=content_type)

    view.__name__ = f"list_{content_type}"
    view.__doc__ = f"Contents of the type {content_type}."
    operation(path, schemas.ItemList, tag="items")(view)


for _path, _type in (
    ("/news", "news"),
    ("/press-releases", "press_release"),
    ("/publications", "publication"),
    ("/programmes", "programme"),
    ("/pages", "page"),
):
    _list_of_type(_path, _type)


@operation("/items/{uuid:content_id}", schemas.Item, tag="items")  # type: ignore[arg-type]
def one_item(request: HttpRequest, content_id: UUID, parameters: Query[schemas.ItemParameters]) -> HttpResponse:
    """One content in one language."""
    return items.one_item(request, content_id, read_parameters(schemas.ItemParameters, request))


@operation("/items/{uuid:content_id}/translations", schemas.Translations, tag="items")
def item_translations(request: HttpRequest, content_id: UUID) -> HttpResponse:
    """One content in every language that it has."""
    read_parameters(schemas.Parameters, request)
    return items.translations(request, content_id)


@operation("/changes", schemas.Changes, tag="synchronization")
def changes(request: HttpRequest, parameters: Query[schemas.ChangesParameters]) -> HttpResponse:
    """What is new since a cursor, tombstones included; without one, a snapshot begins."""
    return change_feed.changes(request, read_parameters(schemas.ChangesParameters, request))


@operation("/resolve", schemas.Resolution, tag="site")
def resolve(request: HttpRequest, parameters: Query[schemas.ResolveParameters]) -> HttpResponse:
    """The content at an address of this site."""
    return site_views.resolve(request, read_parameters(schemas.ResolveParameters, request))


@operation("/navigation", schemas.Navigation, tag="site")
def navigation(request: HttpRequest, parameters: Query[schemas.LocaleParameters]) -> HttpResponse:
    """The tree of public pages of a language."""
    return site_views.navigation(request, read_parameters(schemas.LocaleParameters, request))


@operation("/vocabularies/topics", schemas.Vocabulary, tag="vocabularies")
def topics(request: HttpRequest) -> HttpResponse:
    """Topics, with their names in three languages."""
    read_parameters(schemas.Parameters, request)
    return site_views.topics(request)


@operation("/vocabularies/countries", schemas.Vocabulary, tag="vocabularies")
def countries(request: HttpRequest) -> HttpResponse:
    """Countries that content is about (ISO 3166-1 alpha-3), with their names in three languages (CLDR)."""
    read_parameters(schemas.Parameters, request)
    return site_views.countries(request)


@operation("/vocabularies/types", schemas.Vocabulary, tag="vocabularies")
def content_types(request: HttpRequest) -> HttpResponse:
    """Types of content, with their names in three languages."""
    read_parameters(schemas.Parameters, request)
    return site_views.content_types(request)


@api.exception_handler(Problem)
def answer_problem(request: HttpRequest, problem: Problem) -> HttpResponse:
    return problem.response()


@api.exception_handler(ValidationError)
def answer_invalid(request: HttpRequest, error: ValidationError) -> HttpResponse:
    """What the framework refuses before an operation begins, in the same words as what we refuse."""
    known = {str(detail["loc"][-1]): str(detail["msg"]) for detail in error.errors}
    errors = [Culprit("invalid", f"{message}.", parameter=name) for name, message in known.items()]
    return Problem("invalid-parameter", f"Correct or leave out: {', '.join(known)}.", errors).response()


@api.exception_handler(Http404)
def answer_not_found(request: HttpRequest, error: Http404) -> HttpResponse:
    return Problem("not-found", "There is nothing at this address.").response()


@api.exception_handler(Exception)
def answer_error(request: HttpRequest, error: Exception) -> HttpResponse:
    logger.exception("Error in the API")
    return Problem("internal-error", "The error has been recorded. Try again later.").response()


def openapi() -> dict[str, Any]:
    """The OpenAPI 3.1 document."""
    document: dict[str, Any] = api.get_openapi_schema()
    return document
