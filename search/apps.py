from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_delete, post_migrate, post_save
from django.utils.translation import gettext_lazy as _


class SearchConfig(AppConfig):
    name = "search"
    verbose_name = _("Search")

    def ready(self) -> None:
        from core.models import Topic

        for signal in (post_save, post_delete):
            signal.connect(_names_changed, sender=Topic)
        _follow_change_log()
        _follow_publishing(self)
        _find_word_forms()
        _forget_counts()


def _names_changed(**_kwargs: Any) -> None:
    """Mark the vocabulary as changed, because the names of topics are part of it."""
    from search.vocabulary.models import vocabulary_changed

    vocabulary_changed()


def _follow_change_log() -> None:
    from core.processing.background import followers
    from publishing.document_signals import documents_loaded
    from search.engines.elasticsearch.indexer import Indexer, catch_up_softly

    followers.append(Indexer())
    documents_loaded.connect(catch_up_softly, dispatch_uid="search.documents_loaded")


def _follow_publishing(app: AppConfig) -> None:
    from publishing.document_signals import documents_written
    from search.engines.embedded.indexer import follow, rebuild_if_outdated

    documents_written.connect(follow, dispatch_uid="search.documents_written")
    post_migrate.connect(rebuild_if_outdated, sender=app, dispatch_uid="search.migrated")


def _find_word_forms() -> None:
    from core.text.word_forms import analyses

    from .admin_search import forms_of

    analyses.append(forms_of)


def _forget_counts() -> None:
    from core.processing.background import chores
    from search.counting.counts import purge_counts

    chores.append(purge_counts)
