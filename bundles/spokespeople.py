"""The spokespeople of a bundle: all in one file, since a person is the same in every language."""

from __future__ import annotations

from collections import Counter
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, Field, StringConstraints, TypeAdapter

from core.content_types.front_matter import Country, Email, FrontMatterModel, TopicSlug
from core.models import Topic
from press.room.spokesperson import SPOKEN_LANGUAGES, Spokesperson

_Name = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=160)]


def _spoken(code: str) -> str:
    if code not in SPOKEN_LANGUAGES:
        raise ValueError(f"“{code}” is none of {', '.join(SPOKEN_LANGUAGES)}")
    return code


SpokenLanguage = Annotated[str, AfterValidator(_spoken)]
_LANGUAGES = ("ar", "en", "fr")


class _InThreeLanguages(FrontMatterModel):
    ar: _Name
    en: _Name
    fr: _Name


class SpokespersonOfBundle(FrontMatterModel):
    """A spokesperson in a bundle, identified by the English `name`: loading the same file again changes nothing."""

    name: _InThreeLanguages
    role: _InThreeLanguages
    languages: Annotated[list[SpokenLanguage], Field(min_length=1)]
    topics: list[TopicSlug] = []
    countries: list[Country] = []
    phone: Annotated[str, StringConstraints(strip_whitespace=True, max_length=40)] = ""
    email: Email | Literal[""] = ""
    order: Annotated[int, Field(ge=0, le=9999)] = 100

    def fields(self) -> dict[str, Any]:
        names = {f"name_{language}": getattr(self.name, language) for language in _LANGUAGES}
        roles = {f"role_{language}": getattr(self.role, language) for language in _LANGUAGES}
        same = {"phone": self.phone, "email": self.email, "order": self.order}
        languages = sorted(set(self.languages), key=SPOKEN_LANGUAGES.index)
        return {**names, **roles, **same, "languages": languages, "countries": sorted(set(self.countries))}


SPOKESPEOPLE = TypeAdapter(list[SpokespersonOfBundle])


def load_spokespeople(people: list[SpokespersonOfBundle]) -> Counter[tuple[str, str]]:
    """Create and update spokespeople; return the counts as in `loader.Summary`. Their topics must exist."""
    counts: Counter[tuple[str, str]] = Counter()
    for item in people:
        person = Spokesperson.objects.filter(name_en=item.name.en).first()
        action = "unchanged" if person else "created"
        person = person or Spokesperson()
        fields = item.fields()
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
    return [_exported(person) for person in people]


def _exported(person: Spokesperson) -> dict[str, Any]:
    values = {
        "name": {language: person.name(language) for language in _LANGUAGES},
        "role": {language: person.role(language) for language in _LANGUAGES},
        "languages": person.languages,
        "topics": sorted(topic.slug for topic in person.topics.all()),
        "countries": person.countries,
        "phone": person.phone,
        "email": person.email,
        "order": person.order,
    }
    return {key: value for key, value in values.items() if value not in ("", [])}
