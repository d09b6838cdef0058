"""Index the forms of the words of a title, by which editors' search finds them. The search app defines how words are
analysed and registers its analysis here: the core imports no other app.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from django.db.models import Model
from wagtail.search import index

from core.languages.declared import LANGUAGE_CODES

# Each returns the forms by which the words of a text are found in the given languages.
analyses: list[Callable[[str, Iterable[str]], str]] = []


class _DefinedByAModel:
    """Names the model that a field of the mixin below belongs to: Elasticsearch's index calls fields by their model."""

    def get_definition_model(self, cls: type[Model]) -> type[Model]:
        models = (base for base in reversed(cls.__mro__) if issubclass(base, Model))
        return next(model for model in models if issubclass(model, FoundByWordForms))


class _SearchField(_DefinedByAModel, index.SearchField):
    pass


class _AutocompleteField(_DefinedByAModel, index.AutocompleteField):
    pass


class FoundByWordForms:
    """A mixin for models with a title that is found by other forms of its words too."""

    title: str
    word_form_fields = [_SearchField("title_forms"), _AutocompleteField("title_forms")]

    @property
    def languages_of_title(self) -> Iterable[str]:
        """The language of the title; all languages if it is not known."""
        return LANGUAGE_CODES

    @property
    def title_forms(self) -> str:
        return " ".join(analyse(self.title, self.languages_of_title) for analyse in analyses)
