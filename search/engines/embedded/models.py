"""The embedded engine's tables, apart from its full text tables, which migration 0003 creates."""

from __future__ import annotations

from django.db import models

from core.languages.field import LanguageField


class EmbeddedEntry(models.Model):
    """A piece of content in one language, as it is indexed. Moments are in microseconds since 1970.

    `facets`: one `name=value` per line. `languages`: all languages the content exists in. `words`: those of its words
    that are in the table of words.
    """

    content_id = models.UUIDField()
    language = LanguageField()
    seq = models.BigIntegerField()
    type = models.CharField(max_length=20)
    title = models.TextField()
    summary = models.TextField()
    body = models.TextField()
    facets = models.TextField()
    languages = models.CharField(max_length=60)
    words = models.TextField()
    published = models.BigIntegerField(null=True)
    updated = models.BigIntegerField()
    expires = models.BigIntegerField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["content_id", "language"], name="one_entry_for_content")]

    def __str__(self) -> str:
        return f"{self.content_id} {self.language}"


class EmbeddedWord(models.Model):
    """A folded word of the indexed texts.

    `bare`: the word without what Arabic joins to its beginning. `surface`: as it was first spelt. `roots`: those of an
    Arabic word, each between spaces. `documents`: how many have it.
    """

    language = LanguageField()
    word = models.CharField(max_length=64)
    bare = models.CharField(max_length=64)
    surface = models.CharField(max_length=64)
    roots = models.CharField(max_length=64)
    documents = models.IntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["language", "word"], name="one_row_for_word")]
        indexes = [models.Index(fields=["language", "bare"], name="words_by_beginning")]

    def __str__(self) -> str:
        return f"{self.word} ({self.language})"
