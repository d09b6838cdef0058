from django.apps import AppConfig
from django.db.backends.signals import connection_created
from django.utils.translation import gettext_lazy as _


class CachingConfig(AppConfig):
    name = "caching"
    verbose_name = _("Kept pages")

    def ready(self) -> None:
        from core.web.process_memory import generations

        from . import live_pages, withdrawn  # noqa: F401
        from .writes import current_generation, watch_writes

        generations.append(current_generation)

        connection_created.connect(watch_writes, dispatch_uid="caching.watch_writes")
