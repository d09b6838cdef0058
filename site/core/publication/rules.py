"""Rules that decide whether a version of a content may become public. Each app adds its own here; the gate
(publishing.gate) checks all of them, however something is published.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.exceptions import NON_FIELD_ERRORS, FieldDoesNotExist, ValidationError
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from core.languages.declared import language_name
from core.text.bidi import isolate_where_needed


@dataclass(frozen=True)
class Version:
    """A page as the public would see it. `user`: the person who publishes it; None: the schedule or a command."""

    page: Any
    user: Any = None


@dataclass(frozen=True)
class Refusal:
    """Why a version may not become public. `field`: the name of the field of `page` that must be corrected, if any;
    `reason`: a sentence, translated when it is read.
    """

    page: Any
    reason: Any
    field: str = ""

    @property
    def field_label(self) -> str:
        """The label of the field in the edit form; empty if there is none."""
        try:
            field = self.page._meta.get_field(self.field)
        except FieldDoesNotExist:
            return self.field
        relation = getattr(field, "related_model", None) if field.auto_created else None
        return capfirst(str(relation._meta.verbose_name_plural if relation else field.verbose_name))

    @property
    def sentence(self) -> str:
        """The reason with the page, its language and the field, in the reader's language."""
        values = {
            "page": isolate_where_needed(self.page.get_admin_display_title()),
            "language": language_name(self.page.locale.language_code),
            "reason": self.reason,
        }
        if not self.field:
            return _("“%(page)s” (%(language)s): %(reason)s") % values
        return _("“%(page)s” (%(language)s), %(field)s: %(reason)s") % {**values, "field": self.field_label}


@dataclass(frozen=True)
class Hold:
    """A version may become public, but not before `until`. `reason`: a sentence."""

    until: datetime
    reason: Any


Rule = Callable[[Version], Iterable[Refusal | Hold]]

rules: list[Rule] = []


def findings(version: Version) -> Iterator[Refusal | Hold]:
    """Yield the findings of every rule for a version."""
    for rule in rules:
        yield from rule(version)


class PublicationRefused(ValidationError):
    """Something may not become public. None of it was published; `refusals` say why."""

    def __init__(self, refusals: Iterable[Refusal]) -> None:
        self.refusals = list(refusals)
        sentences: dict[str, list[str]] = {}
        for refusal in self.refusals:
            sentences.setdefault(refusal.field or NON_FIELD_ERRORS, []).append(refusal.sentence)
        super().__init__(sentences)
