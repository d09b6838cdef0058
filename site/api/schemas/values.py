"""The types of values in parameters and responses, each with its constraints."""

from __future__ import annotations

import re
from datetime import date
from typing import Annotated, Any, Literal, get_args

from pydantic import BeforeValidator, Field, ValidationInfo

from core.content_types.registry import content_types
from core.content_types.schemas.values import Role

from .content import OWN_FIELDS

TYPES = tuple(declared.name for declared in content_types())
Type: Any = Literal[TYPES]
CARD_FIELDS = (
    "content_id", "type", "role", "locale", "dir", "requested_locale", "is_fallback", "title", "summary_text", "slug",
    "html_url", "api_url", "alternates", "x_default", "source_locale", "translation_status", "published_at",
    "content_updated_at", "updated_at", "seq", "lead_image", "countries", "topics", *OWN_FIELDS, "rights",
)  # fmt: skip

_CODE = "[a-z0-9]+(?:-[a-z0-9]+)*"
_ROLES = "|".join(get_args(Role))
_TYPES = "|".join(TYPES)
_FIELDS = "|".join(CARD_FIELDS)
_FACET = "(?:type|country|topic|year)(?::[1-9][0-9]?)?"
_ID = "[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}"
_ANY_ID = "[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}"
_DAY = re.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}")
_WHOLE = re.compile("-?[0-9]{1,9}")


def _read_whole(value: Any, info: ValidationInfo) -> Any:
    """Return a whole number. In an address it is decimal digits only; in a body it is a number, 20.0 being 20."""
    if isinstance(value, float) and value.is_integer():
        return int(value)
    if info.mode == "json" or not isinstance(value, str):
        return value
    if not _WHOLE.fullmatch(value):
        raise ValueError("Use a whole number, such as 20.")
    return int(value)


def _read_day(value: Any) -> date | None:
    if value is None:
        return None
    if not isinstance(value, str) or not _DAY.fullmatch(value):
        raise ValueError("Use a full date of RFC 3339, such as 2026-01-31.")
    try:
        return date.fromisoformat(value)
    except ValueError as error:
        raise ValueError("There is no such day.") from error


ListLimit = Annotated[int, Field(ge=0, le=100), BeforeValidator(_read_whole)]
SuggestLimit = Annotated[int, Field(ge=1, le=20), BeforeValidator(_read_whole)]
ChangesLimit = Annotated[int, Field(ge=1, le=500), BeforeValidator(_read_whole)]
Day = Annotated[date, BeforeValidator(_read_day)]
TypeFilter = Annotated[str, Field(pattern=rf"^-?(?:{_TYPES})(?:,-?(?:{_TYPES}))*$", max_length=100)]
TopicCode = Annotated[str, Field(pattern=rf"^{_CODE}$", max_length=60)]
TopicFilter = Annotated[str, Field(pattern=rf"^(?:-?{_CODE}|_none)(?:,(?:-?{_CODE}|_none))*$", max_length=200)]
CountryCode = Annotated[str, Field(pattern="^[A-Z]{3}$")]
ProgrammeId = Annotated[str, Field(pattern=f"^{_ID}$")]
CountryFilter = Annotated[str, Field(pattern=r"^(?:-?[A-Z]{3}|_none)(?:,(?:-?[A-Z]{3}|_none))*$", max_length=100)]
YearFilter = Annotated[str, Field(pattern=r"^(?:-?[0-9]{4}|_none)(?:,(?:-?[0-9]{4}|_none))*$", max_length=100)]
FacetList = Annotated[str, Field(pattern=rf"^{_FACET}(?:,{_FACET})*$", max_length=100)]
RoleFilter = Annotated[str, Field(pattern=rf"^-?(?:{_ROLES})(?:,-?(?:{_ROLES}))*$", max_length=100)]
ProgrammeFilter = Annotated[str, Field(pattern=rf"^(?:-?{_ID}|_none)(?:,(?:-?{_ID}|_none))*$", max_length=400)]
IdList = Annotated[str, Field(pattern=rf"^{_ANY_ID}(?:,{_ANY_ID}){{0,99}}$", max_length=3699)]
Identifier = Annotated[str, Field(pattern=r"^[^\u0000-\u001F\u007F]+$", min_length=1, max_length=300)]
FieldList = Annotated[str, Field(pattern=rf"^(?:{_FIELDS})(?:,(?:{_FIELDS}))*$", max_length=400)]
Cursor = Annotated[str, Field(pattern=r"^[A-Za-z0-9_.:-]+$", min_length=1, max_length=600)]
# Words without control characters.
Words = Annotated[str, Field(pattern=r"^[^\u0000-\u001F\u007F]+$", min_length=1, max_length=200)]
SiteAddress = Annotated[str, Field(pattern=r"^[^\u0000-\u0020\u007F]+$", min_length=1, max_length=8000)]
Sort = Literal["-published_at", "published_at", "-updated_at", "title"]
SearchSort = Literal["relevance", "-published_at", "published_at", "-updated_at", "title"]
