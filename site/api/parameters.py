"""Parameters are strict: one that is not declared, or stands twice where one is meant, is refused by its name."""

from __future__ import annotations

import types
from typing import Any, TypeVar, get_origin

from django.http import HttpRequest
from pydantic import ValidationError

from core.countries import is_country_code
from core.models import Topic

from .problems import Culprit, Problem, unknown
from .query import ItemQuery
from .schemas import Parameters

Checked = TypeVar("Checked", bound=Parameters)


def read_parameters(model: type[Checked], request: HttpRequest) -> Checked:
    """The parameters of the address, checked. Raises Problem with every parameter that is wrong."""
    known = model.model_fields
    errors = [
        Culprit("unknown-parameter", f"The parameters are: {', '.join(known) or 'none'}.", parameter=name)
        for name in request.GET
        if name not in known
    ]
    values: dict[str, Any] = {}
    for name in request.GET:
        if name not in known:
            continue
        given = request.GET.getlist(name)
        if _is_list(known[name].annotation):
            values[name] = given
        elif len(given) > 1:
            errors.append(Culprit("repeated-parameter", "Give it once.", parameter=name))
        else:
            values[name] = given[0]
    try:
        checked = model.model_validate(values)
    except ValidationError as error:
        errors += [_culprit(detail) for detail in error.errors(include_url=False)]
    if errors:
        names = ", ".join(dict.fromkeys(str(error.parameter) for error in errors))
        raise Problem("invalid-parameter", f"Correct or leave out: {names}.", errors)
    return checked


def check_values(query: ItemQuery) -> None:
    """Refuse codes that name nothing: a misspelt topic must not look like an empty result."""
    for name, choice in query.choices:
        values = {*choice.wanted, *choice.rejected}
        if name == "country":
            wrong = sorted(value for value in values if not is_country_code(value))
        elif name == "topic":
            wrong = sorted(values - set(Topic.objects.filter(slug__in=values).values_list("slug", flat=True)))
        else:
            wrong = []
        if wrong:
            raise unknown(name, f"“{wrong[0]}” is not one of the codes in /api/v1/vocabularies.")


def _is_list(annotation: object) -> bool:
    return get_origin(annotation) is list or isinstance(annotation, types.GenericAlias)


def _culprit(detail: Any) -> Culprit:
    allowed = detail.get("ctx", {}).get("expected")
    words = f"Use one of {allowed}." if allowed else f"{detail['msg']}."
    return Culprit(detail["type"].replace("_", "-"), words, parameter=str(detail["loc"][0]))
