"""What the embedded engine keeps beside its full text tables, which migration 0003 makes."""

from __future__ import annotations

from django.db import models


class EmbeddedEntry(models.Model):
    """A content in one language as it is indexed. Moments are microseconds since 1970. `facets`: one `name=value` a
    line. `languages`: all that the content exists in. `words`: what of its words stands in the table of words.
    """

    content_id = models.UUIDField()
    language = models.CharField(max_length=2)
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
    """A word of the indexed texts: folded, without what Arabic joins to its beginning (`bare`), and as it was spelt
    first (`surface`). `roots`: of an Arabic word, each between spaces. `documents`: how many have it.
    """

    language = models.CharField(max_length=2)
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
