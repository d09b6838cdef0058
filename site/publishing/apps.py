from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PublishingConfig(AppConfig):
    name = "publishing"
    verbose_name = _("Publishing")

    def ready(self) -> None:
        from core.background import chores

        from . import page_form, signals, ways  # noqa: F401
        from .statistics import Analysis, analyze
        from .written import documents_loaded

        chores.append(Analysis())
        documents_loaded.connect(analyze, dispatch_uid="publishing.analyze")
