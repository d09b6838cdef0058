"""The spokespeople of a bundle: all in one file, since a person is the same in every language."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Annotated, Any, Literal

from django.conf import settings
from pydantic import AfterValidator, Field, StringConstraints, TypeAdapter

from core.content_types.front_matter import Country, Email, FrontMatterModel, TopicSlug, in_every_language
from core.models import Topic
from press.room.spokesperson import SPOKEN_LANGUAGES, Spokesperson

_Name = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=160)]


def _spoken(code: str) -> str:
    if code not in SPOKEN_LANGUAGES:
        raise ValueError(f"“{code}” is none of {', '.join(SPOKEN_LANGUAGES)}")
    return code


SpokenLanguage = Annotated[str, AfterValidator(_spoken)]
if TYPE_CHECKING:
    _Names = FrontMatterModel
else:
    _Names = in_every_language(_Name)


class SpokespersonOfBundle(FrontMatterModel):
    """A spokesperson in a bundle, identified by the `name` in the default language: loading the same file again changes
    nothing.
    """

    name: _Names
    role: _Names
    languages: Annotated[list[SpokenLanguage], Field(min_length=1)]
    topics: list[TopicSlug] = []
    countries: list[Country] = []
    phone: Annotated[str, StringConstraints(strip_whitespace=True, max_length=40)] = ""
    email: Email | Literal[""] = ""
    order: Annotated[int, Field(ge=0, le=9999)] = 100

    def fields(self) -> dict[str, Any]:
        names, roles = (texts.model_dump(exclude_none=True) for texts in (self.name, self.role))
        same: dict[str, Any] = {"phone": self.phone, "email": self.email, "order": self.order}
        languages = sorted(set(self.languages), key=SPOKEN_LANGUAGES.index)
        return {
            "names": names,
            "roles": roles,
            **same,
            "languages": languages,
            "countries": sorted(set(self.countries)),
        }


SPOKESPEOPLE = TypeAdapter(list[SpokespersonOfBundle])


def load_spokespeople(people: list[SpokespersonOfBundle]) -> Counter[tuple[str, str]]:
    """Create and update spokespeople; return the counts as in `loader.Summary`. Their topics must exist."""
    counts: Counter[tuple[str, str]] = Counter()
    for item in people:
        fields = item.fields()
        name = fields["names"][settings.LANGUAGE_CODE]
        person = Spokesperson.objects.filter(texts__language=settings.LANGUAGE_CODE, texts__name=name).first()
        action = "unchanged" if person else "created"
        person = person or Spokesperson()
        topics = set(item.topics)
        known = {topic.slug for topic in person.topics.all()} if person.pk else None
        if action == "unchanged" and (known != topics or any(getattr(person, key) != fields[key] for key in fields)):
            action = "updated"
        if action != "unchanged":
            for key, value in fields.items():
                setattr(person, key, value)
            person.save()
            person.topics.set(Topic.objects.filter(slug__in=topics))
        counts["spokespeople", action] += 1
    return counts


def exported_spokespeople() -> list[dict[str, Any]]:
    """Return the public spokespeople in the form of a bundle."""
    people = Spokesperson.objects.filter(is_listed=True).prefetch_related("topics")
    return [_exported(person) for person in sorted(people, key=Spokesperson.place)]


def _exported(person: Spokesperson) -> dict[str, Any]:
    values = {
        "name": person.names,
        "role": person.roles,
        "languages": person.languages,
        "topics": sorted(topic.slug for topic in person.topics.all()),
        "countries": person.countries,
        "phone": person.phone,
        "email": person.email,
        "order": person.order,
    }
    return {key: value for key, value in values.items() if value not in ("", [])}
