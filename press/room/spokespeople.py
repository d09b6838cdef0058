"""Find the person who can speak about a topic, in a language, about a country."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.db.models import Prefetch
from django.utils.translation import gettext_lazy as _

from core.languages.declared import reader_language
from core.languages.marked_select import MarkedSelect
from core.models import ContentImage, ContentRendition
from core.places.countries import alphabetical, country_name

from .spokesperson import Spokesperson, spoken_language_choices

# The rendition that components/spokesperson.html shows.
PICTURE = "fill-160x160|format-jpeg"


class SpokespeopleFilter(forms.Form):
    """Offers the values that match somebody; any other value in a URL gets an error that says what to do."""

    def __init__(self, data: Mapping[str, Any], people: Iterable[Spokesperson]) -> None:
        super().__init__(data, label_suffix="", auto_id="spokespeople_%s")
        topics, languages, countries = set(), set(), set()
        for person in people:
            topics |= {(topic.slug, topic.name(reader_language())) for topic in person.topics.all()}
            languages |= set(person.languages)
            countries |= {(code, country_name(code, reader_language())) for code in person.countries}
        self._offer("topic", _("Topic"), _("All topics"), _by_name(topics))
        spoken = [choice for choice in spoken_language_choices() if choice[0] in languages]
        self._offer("language", _("Language"), _("All languages"), spoken)
        self._offer("country", _("Country"), _("All countries"), _by_name(countries))

    def _offer(self, name: str, label: Any, all_of_them: Any, choices: list[tuple[str, str]]) -> None:
        self.fields[name] = forms.ChoiceField(
            label=label,
            required=False,
            choices=[("", all_of_them), *choices],
            widget=MarkedSelect,
            error_messages={"invalid_choice": _("Nobody is listed for this. Choose from the list.")},
        )

    @property
    def chosen(self) -> dict[str, str]:
        """The requested values; none if any of them is not in the lists."""
        return {name: value for name, value in self.cleaned_data.items() if value} if self.is_valid() else {}


def listed_spokespeople() -> list[Spokesperson]:
    """Return everyone who is listed, with everything shown about them, in three queries and one for pictures."""
    renditions = ContentRendition.objects.filter(filter_spec=PICTURE)
    pictures = Prefetch("renditions", queryset=renditions, to_attr="prefetched_renditions")
    images = Prefetch("picture", queryset=ContentImage.objects.prefetch_related(pictures))
    people = Spokesperson.objects.filter(is_listed=True).prefetch_related("topics", images)
    return sorted(people, key=Spokesperson.place)


def matching(people: Iterable[Spokesperson], chosen: Mapping[str, str]) -> list[Spokesperson]:
    """Return those who speak about all that was chosen. Somebody without particular countries or topics speaks about
    any.
    """
    return [person for person in people if _matches(person, chosen)]


def _matches(person: Spokesperson, chosen: Mapping[str, str]) -> bool:
    topics = [topic.slug for topic in person.topics.all()]
    return (
        ("topic" not in chosen or not topics or chosen["topic"] in topics)
        and ("language" not in chosen or chosen["language"] in person.languages)
        and ("country" not in chosen or not person.countries or chosen["country"] in person.countries)
    )


def _by_name(choices: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    return sorted(choices, key=lambda choice: alphabetical(choice[1]))
