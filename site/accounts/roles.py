"""Define what staff may do. Communications: everything about content, nothing about accounts and the site's set-up.
Press officers: answer inquiries. Press desk managers: also export and measure them, and set up desks, rosters, routing
and the office's calendar.
"""

from __future__ import annotations

from django.contrib.auth.models import Group, Permission
from django.db.models import Q
from wagtail.models import Collection, GroupCollectionPermission, GroupPagePermission, Page

COMMUNICATIONS = "Communications"
PRESS_OFFICERS = "Press officers"
PRESS_MANAGERS = "Press desk managers"

PAGE_PERMISSIONS = (
    "add_page",
    "change_page",
    "publish_page",
    "lock_page",
    "unlock_page",
    "bulk_delete_page",
)
# Wagtail checks the permissions of its own models of files, even if the site uses others.
FILE_APPS = ("wagtailimages", "wagtaildocs")
# (app, model): actions
_Permissions = dict[tuple[str, str], tuple[str, ...]]
_MODEL_PERMISSIONS: _Permissions = {
    ("core", "topic"): ("add", "change", "delete", "view"),
    ("core", "officesettings"): ("change", "view"),
    ("press", "spokesperson"): ("add", "change", "delete", "view"),
    ("search", "synonymgroup"): ("add", "change", "delete", "view"),
    ("search", "promotedresult"): ("add", "change", "delete", "view"),
    ("search", "searchcount"): ("view",),
    ("wagtailredirects", "redirect"): ("add", "change", "delete", "view"),
}
_OFFICER_PERMISSIONS: _Permissions = {
    ("press", "inquiry"): ("view", "answer"),
    ("press", "cannedreply"): ("add", "change", "delete", "view"),
}
_MANAGER_PERMISSIONS: _Permissions = _OFFICER_PERMISSIONS | {
    ("press", "inquiry"): ("view", "answer", "export", "measure"),
    ("press", "desk"): ("add", "change", "delete", "view"),
    ("press", "duty"): ("add", "change", "delete", "view"),
    ("press", "cover"): ("add", "change", "delete", "view"),
    ("press", "routingrule"): ("add", "change", "delete", "view"),
    ("press", "officehours"): ("add", "change", "view"),
    ("press", "holiday"): ("add", "change", "delete", "view"),
}


def communications_group() -> Group:
    """Return the group of communications staff with its permissions; create it if it does not exist. Idempotent."""
    group, _ = Group.objects.get_or_create(name=COMMUNICATIONS)
    root = Page.objects.get(depth=1)
    for permission in Permission.objects.filter(content_type__app_label="wagtailcore", codename__in=PAGE_PERMISSIONS):
        GroupPagePermission.objects.get_or_create(group=group, page=root, permission=permission)
    files = Q(content_type__app_label__in=FILE_APPS, content_type__model__in=["image", "document"])
    for permission in Permission.objects.filter(files).exclude(codename__startswith="view_"):
        GroupCollectionPermission.objects.get_or_create(
            group=group, collection=Collection.get_first_root_node(), permission=permission
        )
    wanted = Q(codename="access_admin") | Q(content_type__app_label="wagtail_localize", codename="submit_translation")
    group.permissions.add(*Permission.objects.filter(wanted | _model_permissions(_MODEL_PERMISSIONS)))
    return group


def press_officers_group() -> Group:
    """Return the group of staff who answer inquiries; create it if it does not exist. Idempotent."""
    return _press_group(PRESS_OFFICERS, _OFFICER_PERMISSIONS)


def press_managers_group() -> Group:
    """Return the group of staff who set up the press desk and export; create it if it does not exist. Idempotent."""
    return _press_group(PRESS_MANAGERS, _MANAGER_PERMISSIONS)


def _press_group(name: str, permissions: _Permissions) -> Group:
    group, _ = Group.objects.get_or_create(name=name)
    wanted = Q(codename="access_admin") | _model_permissions(permissions)
    group.permissions.add(*Permission.objects.filter(wanted))
    return group


def _model_permissions(permissions: _Permissions) -> Q:
    wanted = Q()
    for (app, model), actions in permissions.items():
        wanted |= Q(content_type__app_label=app, codename__in=[f"{action}_{model}" for action in actions])
    return wanted
