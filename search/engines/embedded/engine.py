from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager, nullcontext
from uuid import UUID

from django.db import DatabaseError, connection, transaction
from django.utils import timezone
from django.utils.safestring import SafeString

from search.documents import SearchDocument
from search.engines.base import EngineUnavailable
from search.query import Plan, Window
from search.results import Found, Hit, Stage, Suggestion

from .highlighter import Marks
from .models import EmbeddedEntry
from .sorting import Candidate, Key, ordered, part
from .stages import Searching
from .store_in_use import store
from .terms import MOST_WORDS
from .text import words_begun
from .writer import write


class EmbeddedEngine:
    """Searches in the database, with at most seven statements per search.

    Everything that the words match is ranked, filtered and counted here: exact, and fast up to some ten thousand
    documents.
    """

    name = "embedded"

    def search(self, plan: Plan, window: Window) -> Found:
        with _unavailable_on_errors():
            searching = Searching(plan, store(), timezone.now())
            stage, candidates = searching.stage(str(window.after[0]) if window.after else "")
            strong = [candidate for candidate in candidates if candidate.strong]
            if plan.query.sort != "relevance" and strong:
                # In any other order, weak matches would be mixed with strong ones.
                candidates = strong
            admitted = [candidate for candidate in candidates if searching.conditions.admit(candidate.entry)]
            shown = part(ordered(admitted, plan.query.sort), window)
            return Found(
                hits=tuple(_hits(searching, stage, shown)),
                total=len(admitted),
                strong=sum(candidate.strong for candidate in admitted),
                stage=stage,
                facets=searching.conditions.facets(candidate.entry for candidate in candidates),
                elsewhere=searching.counts_elsewhere(),
                did_you_mean=searching.did_you_mean,
            )

    def suggest(self, text: str, language: str, size: int) -> list[Suggestion]:
        words = words_begun(text, language)
        if not words:
            return []
        with _unavailable_on_errors():
            found = store().beginning(language, words[:MOST_WORDS], size)
        return [Suggestion(UUID(content), title, kind) for content, title, kind in found]

    def apply(self, changed: Iterable[SearchDocument], removed: Iterable[tuple[UUID, str]]) -> None:
        with _unavailable_on_errors():
            write(changed, removed)


@contextmanager
def _unavailable_on_errors() -> Iterator[None]:
    """Convert database errors to EngineUnavailable, without spoiling the caller's transaction.

    Outside a transaction, none is begun: on SQLite it would wait for any process that is writing.
    """
    try:
        with transaction.atomic() if connection.in_atomic_block else nullcontext():
            yield
    except DatabaseError as error:
        raise EngineUnavailable(str(error)) from error


def _hits(searching: Searching, stage: Stage, shown: Iterable[tuple[Key, Candidate]]) -> Iterator[Hit]:
    kept = list(shown)
    texts = EmbeddedEntry.objects.only("title", "summary", "body").in_bulk({one.found.number for _, one in kept})
    marks: dict[str, Marks] = {}
    for key, candidate in kept:
        language = candidate.found.language
        if language not in marks:
            marks[language] = Marks((*searching.wordings, *searching.elsewhere, *searching.other_words), language)
        title, fragment = _marked(marks[language], texts.get(candidate.found.number))
        yield Hit(
            content_id=UUID(candidate.entry.content),
            score=candidate.score,
            title=title,
            fragment=fragment,
            place=(stage, *key),
            language=language if language != searching.plan.language else "",
        )


def _marked(marks: Marks, text: EmbeddedEntry | None) -> tuple[SafeString, SafeString]:
    if text is None:
        return SafeString(""), SafeString("")
    return marks.title(text.title), marks.fragment(text.summary, text.body)
