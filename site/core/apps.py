from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CoreConfig(AppConfig):
    name = "core"
    verbose_name = _("Shared content")

    def ready(self) -> None:
        from django.utils.module_loading import autodiscover_modules

        from . import embargo, signals  # noqa: F401
        from .checks import content_types, pages  # noqa: F401
        from .editing import block_forms, chooser_form, rich_text_form  # noqa: F401
        from .publication import common_rules  # noqa: F401
        from .translation import localize_fixes  # noqa: F401

        autodiscover_modules("content_types")
        from .files.page_counts import PageCounts
        from .pages.moments import next_expiry, next_midnight
        from .processing.background import chores, followers
        from .security.rate_limits import purge_counts
        from .web.lifetime import clocks

        clocks.extend((next_expiry, next_midnight))
        chores.append(purge_counts)
        followers.append(PageCounts())
