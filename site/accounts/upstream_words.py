"""Texts of the admin for which Wagtail, wagtail-localize, taggit or Django have no Arabic or French translation, or a
wrong one: our catalogues collect them from here.
"""

from __future__ import annotations

from django.utils.translation import gettext_noop, ngettext_lazy

# In no upstream catalogue: a test says which to delete after an upgrade.
MISSING = (
    gettext_noop("%(model_name)s scheduled for publishing"),
    gettext_noop("%(model_name)s scheduled for publishing at %(go_live_at)s"),
    gettext_noop("%(model_name)s unscheduled for publishing at %(go_live_at)s"),
    gettext_noop("%(model_name)s unscheduled from publishing"),
    gettext_noop("- Select an option -"),
    gettext_noop("A human-readable label to identify this token."),
    gettext_noop("API token"),
    gettext_noop("API token '%(name)s' revoked."),
    gettext_noop("API token created"),
    gettext_noop("API token revoked"),
    gettext_noop("API tokens"),
    gettext_noop("Add a locale"),
    gettext_noop("Add locale"),
    gettext_noop("All list items must be of string type."),
    gettext_noop("Anyone"),
    gettext_noop("Are you sure you want to delete this locale?"),
    gettext_noop("Are you sure you want to revoke this API token?"),
    gettext_noop("Back to API tokens"),
    gettext_noop("Bold"),
    gettext_noop("Can submit translations"),
    gettext_noop("Cancelled by %(cancelled_by)s"),
    gettext_noop("Conflicting form data submitted. Please try again."),
    gettext_noop("Copy token"),
    gettext_noop("Copying failed — please select and copy the token manually."),
    gettext_noop("Create API token"),
    gettext_noop("Delete locale"),
    gettext_noop("Enable password-based authentication for this user by setting a password."),
    gettext_noop("Enabled"),
    gettext_noop(
        "Enter a valid username. This value may contain only unaccented lowercase a-z and uppercase A-Z "
        "letters, numbers, and @/./+/-/_ characters."
    ),
    gettext_noop('Expected a list of items but got type "{input_type}".'),
    gettext_noop("Invalid json list. A tag list submitted in string form must be valid json."),
    gettext_noop("Italic"),
    gettext_noop("Last used"),
    gettext_noop("Locale '{0}' created."),
    gettext_noop("Locale '{0}' deleted."),
    gettext_noop("Locale '{0}' updated."),
    gettext_noop("Locked by"),
    gettext_noop("Never"),
    gettext_noop("No, don't revoke"),
    gettext_noop("Password-based authentication"),
    gettext_noop("Password-based authentication was disabled."),
    gettext_noop("Raw passwords are not stored, so there is no way to see the user’s password."),
    gettext_noop("Revoke API token"),
    gettext_noop("Revoked"),
    gettext_noop("Root"),
    gettext_noop("Select a new language"),
    gettext_noop("Set password"),
    gettext_noop("Set password: %s"),
    gettext_noop("Taggit"),
    gettext_noop("The locale could not be saved due to errors."),
    gettext_noop('The token "%(name)s" has been created, copy it now, it will never be shown again.'),
    gettext_noop("This locale cannot be deleted because there are pages and/or other objects using it."),
    gettext_noop(
        "This locale's current language code is not supported. Please choose a new language or delete this locale."
    ),
    gettext_noop("This locale's language code is not supported"),
    gettext_noop("Token"),
    gettext_noop("True"),
    gettext_noop("Wagtail API v3"),
    gettext_noop("Wagtail locales (Wagtail Localize version)"),
    gettext_noop(
        "Whether the user will be able to authenticate using a password or not. If disabled, they may still "
        "be able to authenticate using other backends, such as Single Sign-On or LDAP."
    ),
    gettext_noop("Yes, revoke"),
    gettext_noop('You do not have permission to publish pages at "%(page_title)s"'),
    gettext_noop("last used at"),
    gettext_noop("revoked at"),
    gettext_noop("unknown number"),
)

# Upstream's Arabic is an imperative, is English, or lacks a plural.
WRONG = (
    gettext_noop("Saved"),  # said by autosave when it is done
    gettext_noop("hash"),
    gettext_noop("salt"),
    gettext_noop("exact"),
    gettext_noop("Not found."),
)
PLURALS = (
    ngettext_lazy("Assign role to 1 user", "Assign role to %(counter)s users", "counter"),
    ngettext_lazy("Delete 1 image", "Delete %(counter)s images", "counter"),
    ngettext_lazy("Delete 1 user", "Delete %(counter)s users", "counter"),
    ngettext_lazy(
        "This password is too short. It must contain at least %d character.",
        "This password is too short. It must contain at least %d characters.",
        "min_length",
    ),
)
