"""What communications staff may do: all of content and inquiries, nothing of accounts and the site's set-up."""

from __future__ import annotations

from django.contrib.auth.models import Group, Permission
from django.db.models import Q
from wagtail.models import Collection, GroupCollectionPermission, GroupPagePermission, Page

COMMUNICATIONS = "Communications"

_PAGE_PERMISSIONS = (
    "add_page",
    "change_page",
    "publish_page",
    "lock_page",
    "unlock_page",
    "bulk_delete_page",
)
# (app, model): actions
_MODEL_PERMISSIONS = {
    ("core", "topic"): ("add", "change", "delete", "view"),
    ("core", "officesettings"): ("change", "view"),
    ("press", "spokesperson"): ("add", "change", "delete", "view"),
    ("press", "inquiry"): ("change", "delete", "view"),
    ("search", "synonymgroup"): ("add", "change", "delete", "view"),
    ("search", "promotedresult"): ("add", "change", "delete", "view"),
    ("search", "searchcount"): ("view",),
    ("wagtailredirects", "redirect"): ("add", "change", "delete", "view"),
}


def communications_group() -> Group:
    """The group of communications staff, with its permissions; made where it does not exist. Idempotent."""
    group, _ = Group.objects.get_or_create(name=COMMUNICATIONS)
    root = Page.objects.get(depth=1)
    for permission in Permission.objects.filter(content_type__app_label="wagtailcore", codename__in=_PAGE_PERMISSIONS):
        GroupPagePermission.objects.get_or_create(group=group, page=root, permission=permission)
    # Wagtail asks for the permissions of its own models, whatever the site's are.
    files = Q(content_type__app_label="wagtailimages", content_type__model="image")
    files |= Q(content_type__app_label="wagtaildocs", content_type__model="document")
    for permission in Permission.objects.filter(files).exclude(codename__startswith="view_"):
        GroupCollectionPermission.objects.get_or_create(
            group=group, collection=Collection.get_first_root_node(), permission=permission
        )
    wanted = Q(codename="access_admin") | Q(content_type__app_label="wagtail_localize", codename="submit_translation")
    for (app, model), actions in _MODEL_PERMISSIONS.items():
        wanted |= Q(content_type__app_label=app, codename__in=[f"{action}_{model}" for action in actions])
    group.permissions.add(*Permission.objects.filter(wanted))
    return group
