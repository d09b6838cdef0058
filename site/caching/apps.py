from django.apps import AppConfig
from django.db.backends.signals import connection_created
from django.utils.translation import gettext_lazy as _


class CachingConfig(AppConfig):
    name = "caching"
    verbose_name = _("Kept pages")

    def ready(self) -> None:
        from . import live_pages, withdrawn  # noqa: F401
        from .writes import watch_writes

        connection_created.connect(watch_writes, dispatch_uid="caching.watch_writes")
