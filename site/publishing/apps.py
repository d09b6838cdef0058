from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PublishingConfig(AppConfig):
    name = "publishing"
    verbose_name = _("Publishing")

    def ready(self) -> None:
        from core.files.public_files import showing
        from core.processing.background import chores, followers
        from core.publication.last_changes import sources
        from publishing.document_signals import documents_loaded

        from . import embargo_form, page_form, signals, together, ways  # noqa: F401
        from .files import documents_show
        from .large_changes import LargeChanges
        from .openings import Openings
        from .statistics import Analysis, analyze
        from .texts import last_changes
        from .unpublish import unpublish_quickly

        unpublish_quickly()
        showing.append(documents_show)
        chores.append(Analysis())
        followers.extend((Openings(), LargeChanges()))
        sources.append(last_changes)
        documents_loaded.connect(analyze, dispatch_uid="publishing.analyze")
