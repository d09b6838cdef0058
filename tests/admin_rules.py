"""Who may enter which part of the admin: the rules that the walk over all its routes is held against."""

from __future__ import annotations

ANYBODY = frozenset({"anonymous", "without a group", "communications", "officer", "manager", "administrator"})
STAFF = ANYBODY - {"anonymous", "without a group"}
EDITORS = frozenset({"communications", "administrator"})
OFFICERS = frozenset({"officer", "manager", "administrator"})
MANAGERS = frozenset({"manager", "administrator"})
ADMINISTRATORS = frozenset({"administrator"})
# Wagtail has the view; this site has nothing that it would show, or has closed it.
NOBODY: frozenset[str] = frozenset()

# Routes that no walk enters: one ends the session; one raises an error, for whoever tries what the site says of it.
LEFT_OUT = ("logout/", "failwhale/")

# Who may, by what a route begins with; the longest beginning counts. Only the home page of the admin begins with "".
RULES = {
    "": STAFF,
    "account/": STAFF,
    "api-keys/": ADMINISTRATORS,
    "api/main/": STAFF,
    "api/main/^pages/<": EDITORS,
    "api/main/^pages/find/": NOBODY,
    "api/main/^documents/find/": NOBODY,
    "api/main/^images/find/": NOBODY,
    "block-preview/": NOBODY,
    "bulk/": STAFF,  # says what they may not delete, and leaves it
    "choose-": STAFF,
    "collections/": ADMINISTRATORS,
    "dismissibles/": STAFF,
    "documents/": EDITORS,
    "documents/chooser/": STAFF,
    "documents/chooser/chosen/": EDITORS,
    "documents/chooser/create/": EDITORS,
    "documents/multiple/create_from": NOBODY,
    "documents/multiple/delete_upload/": NOBODY,
    "editing-sessions/": EDITORS,
    "editing-sessions/release/": STAFF,
    "embeds/": STAFF,
    "groups/": ADMINISTRATORS,
    "images/": EDITORS,
    "images/<int:image_id>/generate_url/": NOBODY,
    "images/chooser/": STAFF,
    "images/chooser/<": EDITORS,
    "images/chooser/chosen/": EDITORS,
    "images/chooser/create/": EDITORS,
    "images/multiple/create_from": NOBODY,
    "images/multiple/delete_upload/": NOBODY,
    "jsi18n/": ANYBODY,
    "locales/": ADMINISTRATORS,
    "localize/": EDITORS,
    "localize/api/": NOBODY,
    "localize/jsi18n/": STAFF,
    "localize/page/<int:page_id>/convert_to_alias/": NOBODY,
    "localize/reports/": STAFF,
    "localize/submit/snippet/": NOBODY,
    "localize/translate/": NOBODY,
    "localize/translate/<int:translation_id>/disable/": EDITORS,
    "localize/translate/<int:translation_id>/pofile/download/": EDITORS,
    "localize/translate/<int:translation_id>/preview/": EDITORS,
    "localize/translate/<int:translation_id>/preview/<str:mode>/": NOBODY,
    "login/": ANYBODY,
    "pages/": EDITORS,
    "pages/<int:page_id>/convert_alias/": NOBODY,
    "pages/<int:page_id>/revisions/": EDITORS,
    "pages/create/": STAFF,
    "pages/workflow/confirm_cancellation/": STAFF,
    "pages/workflow/": ADMINISTRATORS,
    "password_reset/": ANYBODY,
    "paste/": EDITORS,
    "press-desk/": OFFICERS,
    "press-desk/covers/": MANAGERS,
    "press-desk/desks/": MANAGERS,
    "press-desk/duties/": MANAGERS,
    "press-desk/export/": MANAGERS,
    "press-desk/holidays/": MANAGERS,
    "press-desk/hours/": MANAGERS,
    "press-desk/hours/delete/": ADMINISTRATORS,
    "press-desk/routing/": MANAGERS,
    "press-desk/statistics/csv/": MANAGERS,
    "preview-link/": EDITORS,
    "redirects/": EDITORS,
    "reports/": EDITORS,
    "reports/site-history/": STAFF,
    "schedule/": EDITORS,
    "search/": EDITORS,
    "second-factor/": STAFF,
    "second-factor/apps/<int:pk>/remove/": NOBODY,  # but its owner
    "second-factor/passkeys/<int:pk>/remove/": NOBODY,
    "second-factor/reset/": ADMINISTRATORS,
    "settings/": NOBODY,
    "sites/": ADMINISTRATORS,
    "snippets/": EDITORS,
    "snippets/choose/": STAFF,
    "snippets/choose/core/officesettings/create/": NOBODY,
    "snippets/choose/core/topic/create/": NOBODY,
    "snippets/choose/press/spokesperson/create/": NOBODY,
    "snippets/core/officesettings/add/": ADMINISTRATORS,
    "snippets/core/officesettings/copy/": ADMINISTRATORS,
    "snippets/core/officesettings/delete/": ADMINISTRATORS,
    "sprite/": ANYBODY,
    "status/": STAFF,
    "tag-autocomplete/": STAFF,
    "test404/": STAFF,
    "users/": ADMINISTRATORS,
    "webhooks/deliveries/": ADMINISTRATORS,
    "webhooks/deliveries/delete/": NOBODY,
    "webhooks/deliveries/edit/": NOBODY,
    "webhooks/deliveries/history": NOBODY,
    "webhooks/deliveries/new/": NOBODY,
    "webhooks/deliveries/redeliver/": NOBODY,
    "webhooks/deliveries/usage/": NOBODY,
    "webhooks/subscriptions/": ADMINISTRATORS,
    "workflows/": ADMINISTRATORS,
    "workflows/enable/": NOBODY,
    "workflows/task_chooser/": STAFF,
}
# Rules for one route, not for those that begin like it.
ALONE = {
    "pages/<int:page_id>/revisions/": STAFF,  # leads to the history, which is for editors
    "pages/<int:page_to_move_id>/move/<int:destination_id>/confirm/": STAFF,  # shows a question; the answer is refused
    "redirects/import/process/": NOBODY,  # refuses a form that did not arrive whole, and has no page
    "snippets/": NOBODY,
    "^.*/$": NOBODY,
}


def may(route: str) -> frozenset[str]:
    """Return the roles that may enter a route."""
    if route in ALONE:
        return ALONE[route]
    rules = [beginning for beginning in RULES if beginning == route or (beginning and route.startswith(beginning))]
    assert rules, f"no rule says who may enter {route}"
    return RULES[max(rules, key=len)]
