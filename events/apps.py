from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class EventsConfig(AppConfig):
    name = "events"
    verbose_name = _("Events and calls")

    def ready(self) -> None:
        from core.web.lifetime import clocks

        from .models import next_end

        clocks.append(next_end)
