from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CoreConfig(AppConfig):
    name = "core"
    verbose_name = _("Shared content")

    def ready(self) -> None:
        from django.utils.module_loading import autodiscover_modules

        from . import (  # noqa: F401
            block_forms,
            checks,
            chooser_form,
            content_type_checks,
            embargo,
            localize_fixes,
            publication_rules,
            rich_text_form,
            signals,
        )

        autodiscover_modules("content_types")
        from .background import chores, followers
        from .page_counts import PageCounts
        from .rate_limits import purge_counts

        chores.append(purge_counts)
        followers.append(PageCounts())
