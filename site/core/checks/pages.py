"""System checks of what every page type must declare."""

from __future__ import annotations

from typing import Any

from django.apps import apps
from django.core.checks import CheckMessage, Error, register
from django.core.checks import Warning as Caution
from django.template import TemplateDoesNotExist
from django.template.loader import get_template
from modelcluster.fields import ParentalManyToManyField
from wagtail_localize.fields import SynchronizedField

from core.social.drawing import can_draw


def page_types() -> list[type]:
    """Return the page types of the site."""
    from core.models import BasePage

    return [model for model in apps.get_models() if issubclass(model, BasePage)]


def problems_of(model: Any) -> list[CheckMessage]:
    """Return what a page type lacks, as errors with a hint."""
    found: list[CheckMessage] = []
    for attribute in ("parent_page_types", "subpage_types", "template"):
        if attribute not in vars(model):
            found.append(
                Error(
                    f"{model.__name__} does not declare {attribute}.",
                    hint=f"Set {attribute} on the class.",
                    obj=model,
                    id="core.E001",
                )
            )
    try:
        get_template(model.template)
    except TemplateDoesNotExist:
        found.append(Error(f"{model.__name__}'s template {model.template} does not exist.", obj=model, id="core.E002"))
    synchronized = {
        field.field_name
        for field in getattr(model, "override_translatable_fields", [])
        if isinstance(field, SynchronizedField)
    }
    for field in model._meta.get_fields():
        if isinstance(field, ParentalManyToManyField) and field.name not in synchronized:
            found.append(
                Error(
                    f"{model.__name__}.{field.name} would be lost in translations.",
                    hint="Name it in override_translatable_fields: wagtail-localize ignores many-to-many fields.",
                    obj=model,
                    id="core.E003",
                )
            )
    indexed = {field.field_name for field in model.get_search_fields()}
    for name in ("title", "summary", "body"):
        if name not in indexed:
            found.append(
                Error(
                    f"{model.__name__} does not index {name}.",
                    hint="Extend BasePage.search_fields.",
                    obj=model,
                    id="core.E004",
                )
            )
    return found


@register("pages")
def check_page_types(**kwargs: Any) -> list[CheckMessage]:
    return [problem for model in page_types() for problem in problems_of(model)]


@register("pages")
def check_social_pictures(**kwargs: Any) -> list[CheckMessage]:
    if can_draw():
        return []
    hint = "Install FriBiDi (Debian: apt-get install libfribidi0)."
    return [Caution("Links to pages are shared without their picture.", hint=hint, id="core.W001")]
