"""The hooks that add the pages of this app, and what the history of an account says of it, to Wagtail's admin."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.templatetags.static import static
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.widgets import Button

from . import views
from .models import AuthenticatorApp, Passkey
from .passkey_views import add_passkey


def addresses() -> list[URLPattern]:
    return [
        path("second-factor/", views.overview, name="second_factor"),
        path("second-factor/confirm/", views.confirm_page, name="second_factor_confirm"),
        path("second-factor/apps/new/", views.add_app_page, name="second_factor_app"),
        path(
            "second-factor/apps/<int:pk>/remove/", views.remove, {"model": AuthenticatorApp}, "second_factor_remove_app"
        ),
        path("second-factor/passkeys/", add_passkey, name="second_factor_passkey"),
        path(
            "second-factor/passkeys/<int:pk>/remove/", views.remove, {"model": Passkey}, "second_factor_remove_passkey"
        ),
        path("second-factor/recovery-codes/", views.recovery_codes, name="second_factor_codes"),
        path("second-factor/reset/<int:user_id>/", views.reset_page, name="second_factor_reset"),
    ]


def account_item(request: Any) -> dict[str, Any]:
    return {
        "url": reverse("second_factor"),
        "label": _("Two-step sign-in"),
        "help_text": _("Ask for a code of your telephone, besides the password, whenever you sign in."),
    }


def button_of_user(user: Any, request_user: Any) -> Iterator[Button]:
    """Yield the button in the list of users, for those who may reset the second factor of this one."""
    if views.may_reset(request_user, user):
        yield Button(
            _("Reset two-step sign-in"), reverse("second_factor_reset", args=[user.pk]), icon_name="key", priority=50
        )


def register_history(actions: Any) -> None:
    """Register what the history of an account says about its factors."""
    for name, label, message in (
        ("added", _("Add a second step"), _("Second step added")),
        ("removed", _("Remove a second step"), _("Second step removed")),
        ("codes_made", _("Make recovery codes"), _("Recovery codes made")),
        ("code_used", _("Sign in with a recovery code"), _("Signed in with a recovery code")),
        ("reset", _("Reset two-step sign-in"), _("Two-step sign-in reset")),
    ):
        actions.register_action(f"second_factor.{name}", label, message)


def styles() -> SafeString:
    return format_html('<link rel="stylesheet" href="{}">', static("css/second_factor.css"))


hooks.register("register_admin_urls", addresses)
hooks.register("register_account_menu_item", account_item)
hooks.register("register_user_listing_buttons", button_of_user)
hooks.register("register_log_actions", register_history)
hooks.register("insert_global_admin_css", styles)
