from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SigningInConfig(AppConfig):
    name = "signing_in"
    verbose_name = _("Signing in")

    def ready(self) -> None:
        from django.contrib.auth.signals import user_logged_in, user_logged_out, user_login_failed

        from core.processing.background import chores

        from . import trail
        from .resets import answer_requests
        from .sessions import begin_session

        user_logged_in.connect(begin_session, dispatch_uid="signing_in.begin_session")
        user_logged_in.connect(trail.signed_in, dispatch_uid="signing_in.trail")
        user_logged_out.connect(trail.signed_out, dispatch_uid="signing_in.trail")
        user_login_failed.connect(trail.failed, dispatch_uid="signing_in.trail")
        chores.append(answer_requests)
