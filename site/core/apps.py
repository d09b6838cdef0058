from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CoreConfig(AppConfig):
    name = "core"
    verbose_name = _("Shared content")

    def ready(self) -> None:
        from . import (  # noqa: F401
            block_forms,
            checks,
            chooser_form,
            embargo,
            localize_fixes,
            publication_rules,
            rich_text_form,
            signals,
        )
        from .background import chores, followers
        from .page_counts import PageCounts
        from .rate_limits import purge_counts

        chores.append(purge_counts)
        followers.append(PageCounts())
