"""Strict parameters: an undeclared one, or a single-valued one that is repeated, is refused by name."""

from __future__ import annotations

import types
from collections.abc import Iterable
from typing import Any, TypeVar, get_origin

from django.http import HttpRequest
from pydantic import ValidationError

from core.models import Topic
from core.places.countries import is_country_code
from listing.choices import Choice
from publishing.models import PublishedDocument

from .contradictions import check_contradictions
from .problems import Culprit, Problem, unknown
from .schemas import Parameters

LARGEST_BODY = 64 * 1024

Checked = TypeVar("Checked", bound=Parameters)


def read_parameters(model: type[Checked], request: HttpRequest) -> Checked:
    """Return the checked parameters of the address. Raise Problem with every parameter that is wrong."""
    known = model.model_fields
    values: dict[str, Any] = {}
    errors: list[Culprit] = []
    for name, given in request.GET.lists():
        if name not in known:
            detail = f"The parameters are: {', '.join(known) or 'none'}."
            errors.append(Culprit("unknown-parameter", detail, parameter=name))
        elif _is_list(known[name].annotation):
            values[name] = given
        elif len(given) > 1:
            errors.append(Culprit("repeated-parameter", "Give it once.", parameter=name))
        else:
            values[name] = given[0]
    checked = None
    try:
        checked = model.model_validate(values)
    except ValidationError as error:
        repeated = {culprit.parameter for culprit in errors}
        found = [_culprit(detail) for detail in error.errors(include_url=False)]
        errors += [culprit for culprit in found if culprit.parameter not in repeated]
    if errors or checked is None:
        names = ", ".join(dict.fromkeys(str(error.parameter) for error in errors))
        raise Problem("invalid-parameter", f"Correct or leave out: {names}.", errors)
    check_contradictions(checked)
    return checked


def read_body(model: type[Checked], request: HttpRequest) -> Checked:
    """Return the checked parameters of a JSON body. Raise Problem with a pointer to every value that is wrong."""
    if request.content_type != "application/json":
        culprit = Culprit("media-type", "Send application/json.", parameter="Content-Type")
        raise Problem("unsupported-media-type", "Send the body as application/json.", [culprit])
    length = request.META.get("CONTENT_LENGTH") or "0"
    if not length.isdecimal() or int(length) > LARGEST_BODY:
        raise Problem("body-too-large", f"A body has at most {LARGEST_BODY} bytes.", [_whole_body("too-large")])
    body = request.read(LARGEST_BODY + 1)
    try:
        checked = model.model_validate_json(body, strict=True)
    except ValidationError as error:
        errors = [_pointer(detail) for detail in error.errors(include_url=False)]
        places = ", ".join(dict.fromkeys(str(culprit.pointer) or "the whole" for culprit in errors))
        raise Problem("invalid-body", f"Correct or leave out: {places}.", errors) from error
    check_contradictions(checked, in_body=True)
    return checked


def check_values(choices: Iterable[tuple[str, Choice]]) -> None:
    """Raise Problem for codes that do not exist: a misspelt topic must not look like an empty result."""
    for name, choice in choices:
        values = {*choice.wanted, *choice.rejected}
        if name == "country":
            wrong = sorted(value for value in values if not is_country_code(value))
        elif name == "topic" and values:
            wrong = sorted(values - set(Topic.objects.filter(slug__in=values).values_list("slug", flat=True)))
        elif name == "programme" and values:
            # A programme that is no longer public selects nothing, but is not an error.
            known = PublishedDocument.objects.filter(type="programme", content_id__in=values)
            wrong = sorted(values - {str(content_id) for content_id in known.values_list("content_id", flat=True)})
        else:
            wrong = []
        if wrong:
            where = "content ids in /api/v1/programmes" if name == "programme" else "codes in /api/v1/vocabularies"
            raise unknown(name, f"“{wrong[0]}” is not one of the {where}.")


def _is_list(annotation: object) -> bool:
    return get_origin(annotation) is list or isinstance(annotation, types.GenericAlias)


def _culprit(detail: Any) -> Culprit:
    return Culprit(_code(detail), _words(detail), parameter=str(detail["loc"][0]))


def _pointer(detail: Any) -> Culprit:
    pointer = "".join("/" + str(part).replace("~", "~0").replace("/", "~1") for part in detail["loc"])
    return Culprit(_code(detail), _words(detail), pointer=pointer)


def _whole_body(code: str) -> Culprit:
    return Culprit(code, "Send fewer or shorter values.", pointer="")


def _code(detail: Any) -> str:
    return str(detail["type"]).replace("_", "-")


def _words(detail: Any) -> str:
    allowed = detail.get("ctx", {}).get("expected")
    if allowed:
        return f"Use one of {allowed}."
    message = str(detail["msg"]).removeprefix("Value error, ").rstrip(".")
    return f"{message}."
